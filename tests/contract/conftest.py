"""One running installation for the whole walk over the contract."""

import httpx
import pytest

from tests.contract import people
from tests.running import free_port, running

WARD = "om-long-hung"
OTHER_WARD = "om-chau-van-liem"
PROVIDERS = {name: free_port() for name in ("vnpay", "payplat", "momo", "zalopay", "payos")}
TOML = f"""
[payments.vnpay]
enabled = true
tmn_code = "DEMO0001"
secret = "a-secret-of-the-contract-walk"
base_url = "http://127.0.0.1:{PROVIDERS["vnpay"]}"

[payments.payplat]
enabled = true
partner = "OMON"
secret = "a-secret-of-the-contract-walk"
agency_code = "000.00.17.H13"
base_url = "http://127.0.0.1:{PROVIDERS["payplat"]}"
init_path = "/init"
query_path = "/query"
bill_path = "/bill"

[payments.momo]
enabled = true
partner_code = "MOMODEMO"
access_key = "an-access-key-of-the-contract-walk"
secret_key = "a-secret-of-the-contract-walk"
base_url = "http://127.0.0.1:{PROVIDERS["momo"]}"

[payments.zalopay]
enabled = true
app_id = 2554
key1 = "a-first-key-of-the-contract-walk"
key2 = "a-second-key-of-the-contract-walk"
base_url = "http://127.0.0.1:{PROVIDERS["zalopay"]}"

[payments.payos]
enabled = true
client_id = "payos-of-the-contract-walk"
api_key = "an-api-key-of-the-contract-walk"
checksum_key = "a-checksum-key-of-the-contract-walk"
base_url = "http://127.0.0.1:{PROVIDERS["payos"]}"
"""


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    with running(tmp_path_factory.mktemp("contract") / "data", toml=TOML) as found:
        yield found


@pytest.fixture(scope="session")
def web(house):
    return house.web


@pytest.fixture(scope="session")
def http(web):
    with httpx.Client(base_url=web, timeout=30) as client:
        yield client


@pytest.fixture
def ward():
    return WARD


@pytest.fixture
def phone(web):
    """A phone with a draft of the golden dossier, nothing sent yet."""
    return people.Phone(web, people.example(web, WARD))


@pytest.fixture
def sent(web):
    """A phone whose dossier was handed in."""
    return people.sent_dossier(web, WARD)


@pytest.fixture(scope="session")
def officer(house):
    return people.Officer(house.web, house.account("officer", WARD))


@pytest.fixture(scope="session")
def neighbour(house):
    """The officer of another ward."""
    return people.Officer(house.web, house.account("officer", OTHER_WARD))


@pytest.fixture(scope="session")
def leader(house):
    return people.Officer(house.web, house.account("leader"))


@pytest.fixture
def credit(house):
    """Play the bank: send a signed notice of money that came in."""

    def send(*, amount, memo, number=None, at=None, secret=None, account=None):
        found = house.demo["secrets"]["bank_notice"]
        body, headers = people.sepay_notice(
            secret or found["hmac_secret"],
            account=account or found["account"],
            amount=amount,
            memo=memo,
            number=number,
            at=at,
        )
        return httpx.post(
            f"{house.web}/api/v1/payments/notices/bank_notice", content=body, headers=headers
        )

    return send
