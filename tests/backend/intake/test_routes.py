"""The citizen's routes as a phone meets them."""


async def test_a_draft_is_201_then_200_with_an_etag(phone):
    first, second = await phone.save(), await phone.save()

    assert (first.status_code, second.status_code) == (201, 200), first.text
    assert first.headers["etag"] != second.headers["etag"]
    assert second.json()["state"] == "draft"


async def test_a_whole_dossier_is_handed_in(sent):
    assert sent.answer["code"]
    assert sent.answer["obligation"]["amount"] == 8000
