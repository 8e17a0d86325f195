"""Files and questions: statements, the question what is payable, the provider's own receipts."""
# ruff: noqa: S101, D102
# A kit of tests: it asserts, and its names are sentences.

import contextlib
from datetime import datetime
from random import Random

import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    BadSignature,
    Malformed,
    RawRequest,
    Statement,
    StatementLine,
    Unsure,
)
from payment_adapters.testing.asked import MOMENTS
from payment_adapters.testing.harness import (
    AMOUNT,
    Harness,
    Row,
    sample_attempt,
    sample_bill,
)
from payment_adapters.testing.world import (
    ODD,
    Part,
    bill,
    deaf,
    named,
    names_us,
    parse,
    refuses,
    says_unsupported,
)

NO_FIGURES = (
    "",
    "15000.5",
    "1.5e4",
    "true",
    "abc",
    "1" + "0" * 400,
    "=1+1",
    "NaN",
    "１５０００",
    "--5",
)
FORMULAS = ("=1+1", "+1", "@SUM(A1)", '=HYPERLINK("https://x.example","x")', "-2+3", "\t=1")
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32")


class Statements(Part):
    """Every line of a file or none of it; the same movement has the same name everywhere."""

    def test_a_statement_is_read_as_claimed(self) -> None:
        harness = self.harness()
        adapter, ctx = harness.create(), deaf(harness)
        if not adapter.spec.capabilities.statements:
            says_unsupported(lambda: adapter.statement(ctx, Statement(name="x.csv", body=b"")))
            return

        line = read(harness, self.row(harness))[0]

        seen = line.seen
        assert (seen.status, seen.kind, seen.amount) == ("succeeded", "payment", AMOUNT)
        assert (seen.currency, line.line) == ("VND", harness.first_line)
        assert names_us(harness, seen)

    def test_a_line_names_the_movement_as_the_notice_does(self) -> None:
        for harness, request in self.notices():
            if not harness.create().spec.capabilities.statements:
                continue
            heard = parse(harness, request).observations[0]
            assert read(harness, self.row(harness))[0].seen.txn == heard.txn == harness.txn

    def test_the_totals_of_a_statement_are_equal(self) -> None:
        for harness in self.filed():
            seed = Random(4)  # noqa: S311 - a sample, not a secret
            amounts = [seed.randrange(1, 10**9) for _ in range(200)]
            rows = [
                self.row(harness, amount=str(amount * harness.unit), txn=str(926_000_000 + number))
                for number, amount in enumerate(amounts)
            ]
            lines = read(harness, *rows)
            first = harness.first_line
            assert [line.seen.amount for line in lines] == amounts
            assert [line.line for line in lines] == list(range(first, first + len(rows)))
            assert len({line.seen.txn for line in lines}) == len(rows)

    def test_what_the_provider_keeps_is_told_beside_the_amount(self) -> None:
        for harness in self.filed():
            line = read(harness, self.row(harness, charge=330))[0]
            assert (line.seen.amount, line.charge) in {(AMOUNT, 330), (AMOUNT, 0)}

    def test_a_line_that_stands_twice_is_one_movement(self) -> None:
        for harness in self.filed():
            lines = read(harness, self.row(harness), self.row(harness))
            assert {line.seen.txn for line in lines} == {harness.txn}

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_a_line_tells_the_moment_on_a_clock_of_24_hours(self, moment: str) -> None:
        moved_at = datetime.fromisoformat(moment)
        for harness in self.filed():
            seen = read(harness, self.row(harness, moved_at=moved_at))[0].seen
            assert seen.occurred_at in {
                moved_at,
                None,
                moved_at.replace(hour=0, minute=0, second=0),
            }

    @pytest.mark.parametrize("text", FORMULAS)
    def test_a_formula_is_text_and_is_never_worked_out(self, text: str) -> None:
        for harness in self.filed():
            with contextlib.suppress(Malformed):
                seen = read(harness, self.row(harness, memo=text))[0].seen
                assert names_us(harness, seen)
                assert seen.amount == AMOUNT

    @pytest.mark.parametrize("amount", NO_FIGURES, ids=range(len(NO_FIGURES)))
    def test_a_line_that_cannot_be_read_is_named(self, amount: str) -> None:
        for harness in self.filed():
            rows = (self.row(harness), self.row(harness, amount=amount, txn="926000001"))
            with pytest.raises(Malformed, match=rf"\b{harness.first_line + 1}\b"):
                read(harness, *rows)

    @pytest.mark.parametrize("encoding", ENCODINGS)
    def test_another_encoding_is_read_alike_or_refused(self, encoding: str) -> None:
        for harness in self.filed():
            row = self.row(harness, memo="Nộp lệ phí trích lục")
            written = harness.statement((row,))
            try:
                text = written.body.decode()
            except UnicodeDecodeError:
                return  # no text file
            other = replace(written, body=text.encode(encoding))
            with contextlib.suppress(Malformed):
                assert harness.create().statement(deaf(harness), other) == read(harness, row)

    def test_a_cut_or_broken_file_is_malformed(self) -> None:
        for harness in self.filed():
            whole = harness.statement((self.row(harness),)).body
            seed = Random(5)  # noqa: S311 - a sample, not a secret
            bodies = [b"", b"\x00" * 50, b"<html>", b"PK\x03\x04" + seed.randbytes(99)]
            bodies += [seed.randbytes(seed.randrange(1, 300)) for _ in range(200)]
            for body in (*bodies, whole[: len(whole) // 3]):
                with contextlib.suppress(Malformed):
                    found = harness.create().statement(
                        deaf(harness), Statement(name="x", body=body)
                    )
                    assert found == ()

    def row(self, harness: Harness, **changes: object) -> Row:
        return replace(Row(amount=str(AMOUNT * harness.unit), txn=harness.txn), **changes)

    def filed(self) -> list[Harness]:
        harness = self.harness()
        return [harness] if harness.create().spec.capabilities.statements else []


class Lookups(Part):
    """The question what is payable for a dossier, asked by a portal."""

    def test_the_question_is_read_as_claimed(self) -> None:
        harness = self.harness()
        adapter, ctx = harness.create(), deaf(harness)
        if not adapter.spec.capabilities.lookups:
            says_unsupported(lambda: adapter.parse_lookup(ctx, RawRequest(method="POST")))
            says_unsupported(lambda: adapter.lookup_reply(ctx, None))
            return

        assert ask(harness, harness.lookup(harness.told())) == sample_bill().reference

    def test_the_answer_tells_the_amount_or_that_nothing_is_due(self) -> None:
        for harness in self.due():
            adapter, ctx = harness.create(), deaf(harness)
            owed = adapter.lookup_reply(ctx, named(harness, sample_attempt()))
            assert harness.read_lookup(owed) == AMOUNT
            assert harness.read_lookup(adapter.lookup_reply(ctx, None)) is None

    def test_a_question_of_another_key_or_merchant_does_not_pass(self) -> None:
        for harness in self.due():
            forged = harness.lookup(harness.told(secret="another-key-entirely"))  # noqa: S106
            other = harness.lookup(harness.told(merchant="OTHER001"))
            refuses(harness, forged, BadSignature, how=ask)
            refuses(harness, other, BadSignature, Malformed, how=ask)

    def test_no_altered_question_asks_for_another_dossier(self) -> None:
        for harness in self.due():
            request = harness.lookup(harness.told())
            for place in range(len(request.body)):
                turned = bytearray(request.body)
                turned[place] ^= 1
                with contextlib.suppress(BadSignature, Malformed):
                    altered = replace(request, body=bytes(turned))
                    assert ask(harness, altered) == sample_bill().reference

    def due(self) -> list[Harness]:
        harness = self.harness()
        return [harness] if harness.create().spec.capabilities.lookups else []


class Bills(Part):
    """The provider's own receipt of a paid attempt."""

    def test_the_receipt_is_fetched_as_claimed(self) -> None:
        harness = self.harness()
        adapter = harness.create()
        if not adapter.spec.capabilities.bills:
            says_unsupported(lambda: adapter.fetch_bill(deaf(harness), sample_attempt()))
            return

        assert bill(harness).startswith(b"%PDF-")

    @pytest.mark.parametrize("odd", [odd for odd in ODD if odd != "cut"])
    def test_what_is_no_receipt_is_never_handed_on(self, odd: str) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.bills:
            return

        with pytest.raises(Unsure):
            bill(harness, odd=odd)


def read(harness: Harness, *rows: Row) -> tuple[StatementLine, ...]:
    """Let the adapter read a statement of these rows."""
    return harness.create().statement(deaf(harness), harness.statement(rows))


def ask(harness: Harness, request: RawRequest) -> str:
    """Let the adapter read the question what is payable."""
    return harness.create().parse_lookup(deaf(harness), request)
