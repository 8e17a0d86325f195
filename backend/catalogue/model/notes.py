"""What a linter notes (nhận xét): each finding at the place in the file that it is about."""

from backend.platform.yamlfiles import Finding, Mapping, Node, Place, Sequence

Path = tuple[str | int, ...]


class Notes:
    """The findings about one file, by the path of keys."""

    def __init__(self, root: Node) -> None:
        self.findings: list[Finding] = []
        self._root = root

    def note(self, path: Path, message: str) -> None:
        """Keep a fault at the place where the path leads."""
        self.findings.append(finding(self._root, path, message))


def finding(root: Node, path: Path, message: str) -> Finding:
    """Say what is wrong at a path of a file."""
    return _place(root, path).finding(_written(path), message)


def _place(node: Node, path: Path) -> Place:
    for piece in path:
        node = _below(node, piece)
    return node.place


def _below(node: Node, piece: str | int) -> Node:
    """Step down to a key or an item; a key that was left out stands where its group begins."""
    if isinstance(node, Sequence):
        return node.items[int(piece)]
    below = node.get(str(piece)) if isinstance(node, Mapping) else None
    return below or node


def _written(path: Path) -> str:
    text = ""
    for piece in path:
        text += f"[{piece}]" if isinstance(piece, int) else f".{piece}" if text else piece
    return text
