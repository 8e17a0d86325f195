"""The officer's desk at the counter (bộ phận một cửa): queue, papers, decisions, posters.

It owns no tables. It reads across dossiers, payments, attachments and forwarding, and asks them to
act; what an officer may see and do is decided here, in one place (`actions/reading.py`, `mine`).
"""
