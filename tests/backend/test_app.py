"""The house as it is opened: its things are made from the settings."""

import ipaddress

from backend import app

AXIS = """
mode = "demo"
[onestop]
url = "https://motcua.example.vn/api"
networks = ["10.20.0.0/16"]
"""


async def test_the_one_stop_may_stand_in_the_private_networks_that_are_listed_for_it(tmp_path):
    file = tmp_path / "motcua.toml"
    file.write_text(AXIS)
    environ = {"MOTCUA_CONFIG": str(file), "MOTCUA_DATA": str(tmp_path / "data")}

    async with app.opened(environ) as house:
        names = house.outgoing._transport._inner._pool._network_backend

    inside, outside = map(ipaddress.ip_address, ("10.20.7.1", "10.21.7.1"))
    assert names._may_reach("motcua.example.vn", inside)
    assert not names._may_reach("motcua.example.vn", outside)
    assert not names._may_reach("pay.example.vn", inside)
