"""Intake (tiếp nhận hồ sơ của công dân): the citizen's own dossier under /api/v1/dossiers.

Every way in begins with the bearer key made with the draft; only its SHA-256 is kept. A draft is
judged for shape and known ids, the submission by the procedure version it is pinned to.
"""
