"""The list of limits is served as it is used."""

from litestar import Litestar
from litestar.testing import AsyncTestClient

from backend.attachments import LIMITS, routes

MIB = 1024 * 1024


async def test_the_limits_are_served_as_they_are_used():
    async with AsyncTestClient(Litestar(routes.handlers)) as client:
        answer = (await client.get("/api/v1/limits")).json()

    assert answer["media_types"][:4] == ["image/jpeg", "image/png", "image/heic", "application/pdf"]
    assert (answer["file_bytes"], answer["pixels"], answer["pages"]) == (12 * MIB, 50_000_000, 30)
    assert (answer["files"], answer["dossier_bytes"]) == (20, 60 * MIB)
    assert (answer["json_bytes"], answer["piece_bytes"]) == (LIMITS.json_bytes, MIB)
