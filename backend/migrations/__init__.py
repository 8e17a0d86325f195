"""The history of the database, one step a module; forward only, never edited once released.

A step is `mNNNN_name.py` with a docstring (why, and how long it may take) and `STATEMENTS`, SQL
that both engines understand with the tokens {uuid} {time} {blob} {json} {int} {serial}.
"""
