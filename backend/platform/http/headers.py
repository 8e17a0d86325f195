"""Security headers (tiêu đề an toàn): what a browser may do with an answer of ours.

Scripts, styles, workers and connections come from our own origin alone, nothing is framed, and no
string becomes code (Trusted Types): the one named policy `sw` makes the addresses of the service
worker, of the photo worker and of the scan worker.
"""

Headers = list[tuple[bytes, bytes]]

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types sw"
)
"""For the app shell and everything it loads."""

FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For files that people sent us: nothing in them may run, whatever they pretend to be."""

DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""For JSON and anything else that is no page."""

_PERMISSIONS = ", ".join(
    ("camera=(self)", *(f"{name}=()" for name in ("geolocation", "microphone", "payment", "usb")))
)
_ONE_YEAR = 365 * 24 * 3600


def always(*, secure: bool) -> Headers:
    """Give the headers of every answer; `secure` adds HSTS for a year."""
    headers = [
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", _PERMISSIONS.encode()),
    ]
    if secure:
        age = f"max-age={_ONE_YEAR}; includeSubDomains"
        headers.append((b"strict-transport-security", age.encode()))
    return headers


FILE_HEADERS = {
    "Content-Security-Policy": FILE_POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""A handler that hands out a citizen's file adds these; the gate keeps what is there."""
