"""What is wrong with one value (lỗi của một câu trả lời): a code, and the sentence for it."""

from typing import NamedTuple

from backend.platform.kit.errors import Fault


class Wrong(NamedTuple):
    """What is wrong with a value: a stable code and the sentence in two languages."""

    code: str
    vi: str
    en: str

    def at(self, pointer: str) -> Fault:
        """Say where."""
        return Fault(pointer, self.code, self.vi, self.en)
