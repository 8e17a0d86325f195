"""Every version of a procedure that was ever served."""

from piccolo.columns import Text, Timestamptz
from piccolo.table import Table


class ProcedureVersion(Table, tablename="procedure_versions"):
    """The texts behind one version (phiên bản thủ tục); dossiers are pinned to it for ever."""

    version = Text(primary_key=True, default=None)
    code = Text()
    path = Text()
    text = Text()
    blocks = Text()
    first_served_at = Timestamptz()
    last_served_at = Timestamptz()
