"""Why the child cannot work on some bytes."""


class CannotRead(Exception):  # noqa: N818
    """These bytes are not what they should be; `reason` is one fixed word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
