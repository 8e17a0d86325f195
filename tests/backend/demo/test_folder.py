"""What the demo tells its visitor at the start."""

import json

from backend.demo import folder
from backend.demo.folder import DemoFolder

WEB = "http://127.0.0.1:8000"
DEMO = {
    "addresses": {"web": WEB, "onestop": "http://127.0.0.1:8001", "bank": "http://127.0.0.1:8002"},
    "accounts": [
        {"role": "officer", "unit": "om-long-hung", "login": "canbo.long-hung", "password": "A"},
        {"role": "officer", "unit": "om-thoi-an", "login": "canbo.thoi-an", "password": "B"},
        {"role": "officer", "unit": "om", "login": "ketoan", "password": "E"},
        {"role": "leader", "unit": "om", "login": "lanhdao", "password": "C"},
        {"role": "operator", "unit": "om", "login": "vanhanh", "password": "D"},
    ],
    "posters": [
        {"code": "AAAAAAAA", "unit": "om-thoi-an", "procedure": "1.001193", "pdf": f"{WEB}/a.pdf"},
        {"code": "BBBBBBBB", "unit": "om-thoi-an", "procedure": "2.000635", "pdf": f"{WEB}/b.pdf"},
    ],
}


def test_the_table_says_whose_poster_it_is_and_which_account_gets_its_dossiers(tmp_path):
    (tmp_path / "demo.json").write_text(json.dumps(DEMO))

    text = folder.table(DemoFolder(tmp_path, host="127.0.0.1", ports=(8000, 8001, 8002)), seconds=2)

    lines = {line.split()[-1]: line for line in text.splitlines() if "nhận hồ sơ từ" in line}
    assert f"{WEB}/q/BBBBBBBB   như quét tờ dán của phường Thới An" in text
    assert ["canbo.thoi-an" in line for line in lines.values()] == [True]
    assert "Phường Long Hưng" in text
    assert text.count("chưa có màn hình riêng") == 1
    assert ["ketoan" in one for one in text.splitlines() if "người thứ hai" in one] == [True]
    assert "om-" not in text
