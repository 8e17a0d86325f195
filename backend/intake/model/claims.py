"""What a citizen sends who claims to pay nothing (đề nghị miễn phí), and why it is refused."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from backend.dossiers.model.claims import Claim
from backend.payments.model.words import NothingDue
from backend.platform.kit.errors import Fault, Problem, Unprocessable
from backend.platform.kit.vietnamese import refuse_control_characters


class ExemptionRefused(Problem):
    """The same claim was looked at before, and refused."""

    status = 409
    slug = "exemption-refused"
    title = "Phường đã xem đề nghị này và không miễn. Có giấy tờ khác thì ghi thêm."


class NothingToClaim(NothingDue):
    """There is no fee that waits to be paid."""

    title = "Hồ sơ này không còn phí chờ trả, nên không cần đề nghị miễn."


class ExemptionClaimed(Struct, frozen=True, forbid_unknown_fields=True):
    """Who says to pay nothing: a group of the procedure, and what proves it, in their words."""

    group: Annotated[str, Meta(min_length=1, max_length=64)]
    evidence: Annotated[str, Meta(max_length=300)] = ""

    def checked(self, groups: Mapping[str, str]) -> Claim:
        """Give the claim; Unprocessable for no group of the procedure."""
        refuse_control_characters(self.evidence, pointer="/evidence", lines=True)
        words = groups.get(self.group)
        if words is None:
            said = ("Chọn một diện trong danh sách.", "Choose a group of the list.")
            raise Unprocessable(errors=[Fault("/group", "unknown", *said)])
        return Claim(group=self.group, words=words, evidence=self.evidence.strip())
