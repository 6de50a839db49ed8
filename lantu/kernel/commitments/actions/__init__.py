"""Acts on plans: to load a folder, to hand a target down, to set a year's target, to revise one."""

from lantu.kernel.commitments.actions.handing import hand_down, release_split, take_back
from lantu.kernel.commitments.actions.loading import load_folder, load_shipped
from lantu.kernel.commitments.actions.revising import decide_revision, propose_revision, set_annual

__all__ = [
    "decide_revision",
    "hand_down",
    "load_folder",
    "load_shipped",
    "propose_revision",
    "release_split",
    "set_annual",
    "take_back",
]
