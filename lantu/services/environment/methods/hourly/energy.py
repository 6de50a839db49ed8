"""What electricity counts as when it takes coal to make it."""

from lantu.core.rules.parameters import beside

PARAMETERS = beside(__file__)
