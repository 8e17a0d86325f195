"""Settings are refused in sentences that name the key."""

from pathlib import Path

import pytest

from backend.platform.settings import SettingsRefused, described, is_loopback, load, warnings

PRODUCTION = {
    "MOTCUA_PUBLIC_URL": "https://motcua.example.vn",
    "MOTCUA_KEYS_FILE": "/etc/motcua/keys.toml",
    "MOTCUA_DATA": "/srv/motcua",
}


def refused(environ, overrides=None):
    with pytest.raises(SettingsRefused) as refusal:
        load(environ, overrides=overrides)
    return refusal.value.faults


def test_production_is_the_default_and_starts_with_three_settings():
    settings = load(PRODUCTION)

    assert settings.production
    assert settings.database_url == "sqlite:////srv/motcua/motcua.db"
    assert settings.files_url == "file:///srv/motcua/files"
    assert settings.public_host == "motcua.example.vn"


def test_an_unknown_variable_is_named_with_the_known_ones():
    [sentence] = refused({**PRODUCTION, "MOTCUA_PROT": "80"})

    assert sentence.startswith("MOTCUA_PROT is not a setting. Known: MOTCUA_MODE, ")


def test_unknown_keys_in_the_file_are_all_named(tmp_path):
    file = tmp_path / "motcua.toml"
    file.write_text('colour = "red"\n[onestop]\nadress = "x"\n[[payments.accounts]]\nbin = "1"\n')

    faults = refused({**PRODUCTION, "MOTCUA_CONFIG": str(file)})

    assert [fault.split(" ")[0] for fault in faults] == [
        "colour",
        "onestop.adress",
        "payments.accounts.bin",
    ]


def test_the_environment_wins_over_the_file_and_overrides_over_both(tmp_path):
    file = tmp_path / "motcua.toml"
    file.write_text('port = 1\nhost = "10.0.0.1"\n[onestop]\nusername = "a"\nurl = "https://x.vn"')
    environ = {**PRODUCTION, "MOTCUA_CONFIG": str(file), "MOTCUA_PORT": "2"}

    settings = load(environ, overrides={"onestop": {"username": "b"}})

    assert (settings.port, settings.host) == (2, "10.0.0.1")
    assert (settings.onestop.username, settings.onestop.url) == ("b", "https://x.vn")


@pytest.mark.parametrize("content", ["port = ", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path, content):
    file = tmp_path / "motcua.toml"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    [sentence] = refused({**PRODUCTION, "MOTCUA_CONFIG": str(file)})

    assert sentence.startswith("MOTCUA_CONFIG: ")


@pytest.mark.parametrize(
    ("environ", "overrides", "named"),
    [
        ({"MOTCUA_PUBLIC_URL": ""}, {}, "public_url"),
        ({"MOTCUA_KEYS_FILE": ""}, {}, "keys_file"),
        ({"MOTCUA_KEYS_FILE": "/srv/motcua/keys.toml"}, {}, "keys_file"),
        ({}, {"payments": {"sandbox": {"enabled": True}}}, "payments.sandbox"),
        (
            {},
            {"payments": {"vnpay": {"base_url": "http://127.0.0.1:9"}}},
            "payments.vnpay.base_url",
        ),
        ({}, {"payments": {"momo": {"a": {"b": "https://[::1]/"}}}}, "payments.momo.a.b"),
    ],
)
def test_production_refuses_what_is_only_pretended(environ, overrides, named):
    [sentence] = refused({**PRODUCTION, **environ}, overrides)

    assert named in sentence


def test_a_sandbox_that_is_switched_off_is_no_fault():
    assert load(PRODUCTION, overrides={"payments": {"sandbox": {"enabled": False}}}).production


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("MOTCUA_PUBLIC_URL", "https://a.vn/path"),
        ("MOTCUA_PUBLIC_URL", "a.vn"),
        ("MOTCUA_PUBLIC_URL", "https://a.vn:99999"),
        ("MOTCUA_DATABASE_URL", "mysql://x"),
        ("MOTCUA_FILES_URL", "s3://bucket"),
        ("MOTCUA_TLS_CERT", "/cert.pem"),
        ("MOTCUA_MODE", "prod"),
        ("MOTCUA_PORT", "0"),
        ("MOTCUA_PORT", "8000.5"),
        ("MOTCUA_PORT", "9" * 30),
    ],
)
def test_an_impossible_value_is_refused(key, value):
    [sentence] = refused({**PRODUCTION, key: value})

    assert key.removeprefix("MOTCUA_").lower() in sentence


def test_a_demo_needs_nothing(tmp_path):
    settings = load({"MOTCUA_MODE": "demo", "MOTCUA_DATA": str(tmp_path), "MOTCUA_HOST": "0.0.0.0"})  # noqa: S104

    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.keys_file == tmp_path / "keys.toml"


def test_secrets_are_never_shown():
    settings = load(
        {**PRODUCTION, "MOTCUA_DATABASE_URL": "postgresql://u:canary@h/d"},
        overrides={
            "onestop": {"password": "canary"},
            "payments": {"vnpay": {"hash_secret": "canary"}},
        },
    )

    assert "canary" not in f"{settings!r} {settings} {settings.onestop}"


def test_accounts_are_read_in_order():
    accounts = [
        {"unit": "om-long-hung", "bank_bin": "970436", "account": "01", "name": "A"},
        {"unit": "*", "bank_bin": "970405", "account": "02", "name": "B", "procedure": "2.000635"},
    ]

    settings = load(PRODUCTION, overrides={"payments": {"accounts": accounts}})

    assert [account.unit for account in settings.accounts] == ["om-long-hung", "*"]
    assert settings.payments == {}


def test_every_setting_is_described():
    rows = described()

    assert all(row.meaning for row in rows)
    assert {"mode", "onestop.authority", "payments.accounts.bank_bin"} <= {row.key for row in rows}


@pytest.mark.parametrize(
    "url", ["http://localhost", "http://127.9.9.9/", "http://[::ffff:127.0.0.1]", "//0.0.0.0"]
)
def test_this_machine_is_known_by_its_names(url):
    assert is_loopback(url)


def test_other_machines_are_not_this_one():
    assert not is_loopback("https://sandbox.vnpayment.vn")
    assert not is_loopback("http://[broken")


def test_production_over_http_is_warned_about():
    settings = load({**PRODUCTION, "MOTCUA_PUBLIC_URL": "http://motcua.example.vn"})

    assert any("https" in sentence for sentence in warnings(settings))


def test_the_delivered_procedures_are_the_default():
    assert load(PRODUCTION).procedures == Path(__file__).parents[2] / "procedures"


def test_the_private_networks_of_the_one_stop_are_read(tmp_path):
    file = tmp_path / "motcua.toml"
    file.write_text('mode = "demo"\n[onestop]\nnetworks = ["10.20.0.0/16", "fd00:1::/32"]\n')

    assert load({"MOTCUA_CONFIG": str(file)}).onestop.networks == ("10.20.0.0/16", "fd00:1::/32")
    assert load({"MOTCUA_MODE": "demo"}).onestop.networks == ()


@pytest.mark.parametrize(
    ("network", "words"),
    [
        ("10.20.0.1/16", "must be a network such as"),
        ("axis.example.vn", "must be a network such as"),
        ("127.0.0.0/8", "must lie within 10.0.0.0/8"),
        ("169.254.0.0/16", "must lie within 10.0.0.0/8"),
        ("0.0.0.0/0", "must lie within 10.0.0.0/8"),
        ("::/0", "must lie within 10.0.0.0/8"),
    ],
)
def test_a_network_that_is_none_or_no_private_one_is_refused(network, words):
    [sentence] = refused(PRODUCTION, {"onestop": {"networks": [network]}})

    assert sentence.startswith(f"onestop.networks '{network}' ")
    assert words in sentence


@pytest.mark.parametrize("connector", ["folder", "none"])
def test_a_connector_that_is_not_built_yet_is_refused_with_a_sentence(tmp_path, connector):
    file = tmp_path / "motcua.toml"
    file.write_text(f'mode = "demo"\n[onestop]\nconnector = "{connector}"\n')

    with pytest.raises(SettingsRefused) as refused:
        load({"MOTCUA_CONFIG": str(file)})

    assert "not built yet" in str(refused.value)


BOOK = """
[[receipts.books]]
unit = "om-long-hung"
kind = "le_phi"
form = "01BLLP2-001"
series = "AA-26E"
name = "UBND phường Mẫu"
tax_code = "0100000000"
"""


def with_books(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text)
    return load({"MOTCUA_MODE": "demo", "MOTCUA_CONFIG": str(file)})


def test_books_of_receipts_are_read_in_order(tmp_path):
    settings = with_books(tmp_path, BOOK + BOOK.replace("AA-26E", "AB-27E"))

    assert [book.series for book in settings.receipts.books] == ["AA-26E", "AB-27E"]
    assert settings.receipts.books[0].first == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOOK + BOOK.replace("le_phi", "phi"), "not for both"),
        (BOOK + "colour = 1\n", "receipts.books.colour is not a setting"),
        ("[receipts]\nbook = 1\n", "receipts.book is not a setting"),
        (BOOK.replace("0100000000", "1"), "cannot be used"),
        (BOOK.replace("le_phi", "fee"), "cannot be used"),
        (BOOK + "first = 0\n", "cannot be used"),
    ],
)
def test_a_book_that_cannot_be_right_is_refused_with_a_sentence(tmp_path, text, words):
    with pytest.raises(SettingsRefused, match=words):
        with_books(tmp_path, text)
