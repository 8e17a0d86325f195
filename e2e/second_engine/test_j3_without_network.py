"""J3 in a second engine: filled in without network, the tab closed, one dossier arrives."""

import secrets

from e2e.conftest import WARD
from e2e.people.citizen import AUTHORISATION
from e2e.people.officer import by_http


def dossiers_of(house, owner):
    """Find what the ward has of this owner."""
    answer = by_http(house, WARD).http.get("/api/v1/workbench/dossiers", params={"q": owner})
    return [one["code"] for one in answer.json()["items"]]


def test_what_is_sent_without_network_arrives_once_when_firefox_is_opened_again(
    citizen, house, poster, four_photos
):
    owner = "Võ Thị " + "".join(secrets.choice("aeghiklmnouxy") for _ in range(8)).capitalize()
    citizen.begins(poster)
    citizen.loses_network()
    citizen.answers_for_another_person(owner=owner)
    citizen.goes_on()
    citizen.sees(AUTHORISATION)
    citizen.chooses_photos(four_photos)
    citizen.has_photos(4, "Trên máy này")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")
    citizen.reads("Đã đến phường 0 trên 5")
    citizen.loses_the_tab()

    citizen.opens("/ho-so")
    citizen.sees("Hồ sơ của tôi")
    citizen.reads("Đang gửi")
    citizen.presses("Xem đang gửi đến đâu")
    citizen.reads("Đã đến phường 0 trên 5")
    assert dossiers_of(house, owner) == []
    citizen.finds_network()

    code = citizen.is_received()
    citizen.reads("5 trên 5 phần đến nguyên vẹn")
    assert dossiers_of(house, owner) == [code]
