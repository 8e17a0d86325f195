"""Data files in YAML (tệp dữ liệu), read strictly: each fault with its file, line and column.

Every scalar stays the text that was written (`031`, `no`, `12:30`), keys are unique, anchors and
aliases are refused, size and depth are bounded. `read` gives nodes that remember their place;
`convert` fits nodes into a msgspec struct and collects all faults at once.
"""

from backend.platform.yamlfiles.nodes import (
    LIMITS,
    Finding,
    Mapping,
    Node,
    Place,
    Scalar,
    Sequence,
    read,
    suggestion,
)
from backend.platform.yamlfiles.typed import convert

__all__ = [
    "LIMITS",
    "Finding",
    "Mapping",
    "Node",
    "Place",
    "Scalar",
    "Sequence",
    "convert",
    "read",
    "suggestion",
]
