"""Entity tags: strong ones from the content, and the two questions that requests ask."""

import hashlib


def etag_of(content: bytes) -> str:
    """Make the strong ETag of a content."""
    return f'"{hashlib.sha256(content).hexdigest()[:24]}"'


def same(header: str | None, etag: str) -> bool:
    """Answer If-None-Match: does the caller hold this very content (→ 304). `W/` is ignored."""
    return header is not None and (
        header.strip() == "*" or etag in {_strong(tag) for tag in header.split(",")}
    )


def stale(header: str | None, etag: str | None) -> bool:
    """Answer If-Match: did the caller read another version than the current one (→ 412).

    None for `etag` means there is nothing yet. Weak tags never match here (RFC 9110, 13.1.1).
    """
    if header is None:
        return False
    if header.strip() == "*":
        return etag is None
    return etag not in {tag.strip() for tag in header.split(",")}


def _strong(tag: str) -> str:
    return tag.strip().removeprefix("W/")
