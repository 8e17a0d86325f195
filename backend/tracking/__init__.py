"""Tracking (tra cứu): where a dossier stands by its code, proof of slips, files by sealed links.

Codes stand in bodies and fragments, never in addresses; a code alone shows nothing.
"""
