"""The district leader's desk (chỉ tiêu được giao): share, target, and the dossiers behind.

Figures are folded from one fact row a dossier, kept in the same transaction as the dossier's move,
so that a number and its list can never differ.
"""

from backend.targets.actions import follow_money, follow_move, set_goal
from backend.targets.model import INDICATORS, Fact, Indicator, Period

__all__ = [
    "INDICATORS",
    "Fact",
    "Indicator",
    "Period",
    "follow_money",
    "follow_move",
    "set_goal",
]
