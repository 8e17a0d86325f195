"""QR codes, the procedures they open, and how often each was scanned on each day."""

from piccolo.columns import BigInt, Date, ForeignKey, SmallInt, Text, Timestamptz
from piccolo.table import Table


class QrCode(Table, tablename="qr_codes"):
    """One code on paper; whether it is live follows from its dates."""

    code = Text(primary_key=True, default=None)
    kind = Text()
    unit = Text()
    campaign = Text(null=True, default=None)
    made_at = Timestamptz()
    changed_at = Timestamptz()
    expires_at = Timestamptz(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    replaced_by = Text(null=True, default=None)


class QrCodeProcedure(Table, tablename="qr_code_procedures"):
    """A procedure that a code opens, in the order shown."""

    code = ForeignKey(QrCode)
    place = SmallInt()
    procedure = Text()


class QrScan(Table, tablename="qr_scans"):
    """How often a code was followed on one day in Vietnam; nothing about who."""

    code = ForeignKey(QrCode)
    day = Date()
    scans = BigInt()
