"""The tables of the settings (bảng cấu hình): accounts, the one-stop system, books of receipts."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct


class Account(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bank account that receives fees (tài khoản thu phí), of one unit or of all."""

    unit: Annotated[str, Meta(description="unit id such as `om-long-hung`, or `*`")]
    bank_bin: Annotated[str, Meta(pattern=r"\A[0-9]{6}\Z", description="the bank's BIN, 6 digits")]
    account: Annotated[
        str, Meta(pattern=r"\A[0-9A-Za-z]{1,19}\Z", description="account number, 1-19 symbols")
    ]
    name: Annotated[str, Meta(min_length=1, description="the holder's name as the bank shows it")]
    procedure: Annotated[
        str | None, Meta(description="only for fees of this procedure; default all")
    ] = None


class OneStop(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How dossiers reach the electronic one-stop system (một cửa điện tử)."""

    connector: Annotated[
        Literal["national", "folder", "none"], Meta(description="which wire is spoken")
    ] = "national"
    url: Annotated[str, Meta(description="address of its services, without a slash at the end")] = (
        ""
    )
    username: Annotated[str, Meta(description="our account there")] = ""
    password: Annotated[str, Meta(description="its password")] = ""
    agency_code: Annotated[str, Meta(description="our agency's code there")] = ""
    authority: Annotated[
        Literal["here", "onestop"],
        Meta(description="`here`: officers decide here; `onestop`: it decides, we show"),
    ] = "here"
    files_base_url: Annotated[
        str, Meta(description="origin of the file links we hand over; default the public URL")
    ] = ""
    networks: Annotated[
        tuple[str, ...], Meta(description="private networks its name may lead into, as CIDR")
    ] = ()

    def __repr__(self) -> str:
        """Show nothing secret: settings end up in logs and tracebacks."""
        return f"OneStop(connector={self.connector!r}, url={self.url!r}, …)"


class ReceiptBook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A book of fee receipts (quyển biên lai): one unit, one kind, one form and series."""

    unit: Annotated[str, Meta(min_length=1, description="unit id such as `om-long-hung`")]
    kind: Annotated[Literal["phi", "le_phi"], Meta(description="`phi` or `le_phi`, never both")]
    form: Annotated[
        str, Meta(pattern=r"\A[0-9A-Z/-]{1,20}\Z", description="mẫu số, such as `01BLP2-001`")
    ]
    series: Annotated[
        str, Meta(pattern=r"\A[0-9A-Z/-]{1,20}\Z", description="ký hiệu, such as `AA-26E`")
    ]
    name: Annotated[
        str, Meta(min_length=1, max_length=200, description="the collecting body, as printed")
    ]
    tax_code: Annotated[str, Meta(pattern=r"\A[0-9]{10}(-[0-9]{3})?\Z", description="its tax code")]
    title: Annotated[
        Annotated[str, Meta(max_length=120)] | None,
        Meta(description="name of the receipt type; default ours"),
    ] = None
    first: Annotated[int, Meta(ge=1, le=9_999_999, description="the first number")] = 1
    checked: Annotated[
        Annotated[str, Meta(max_length=200)] | None,
        Meta(description="who confirmed form and contents by law, and when"),
    ] = None


class Receipts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Receipts of fees (biên lai thu phí, lệ phí)."""

    books: Annotated[
        tuple[ReceiptBook, ...],
        Meta(description="`[[receipts.books]]`: without one for its unit and kind, none is issued"),
    ] = ()


def refused_books(books: Sequence[ReceiptBook]) -> Iterator[str]:
    """Refuse one form and series for both kinds: two receipts would have the same number."""
    kinds: dict[tuple[str, str, str], str] = {}
    for book in books:
        named = (book.unit, book.form, book.series)
        if kinds.setdefault(named, book.kind) != book.kind:
            yield f"receipts.books {' '.join(named)} is for phi or for le_phi, not for both."
