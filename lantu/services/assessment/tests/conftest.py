"""A planner, a leader, a reviewer and a clerk of the invented zone, and a round of theirs."""

import pytest

from lantu.kernel.commitments.queries import current_plan
from lantu.services.assessment import actions, queries


@pytest.fixture
def reviewer(person):
    return person("rosa", "reviewer")


@pytest.fixture
def own_clerk(person):
    return person("ann", "clerk", "science")


@pytest.fixture
def draft(qinghe, planner):
    return actions.start_round(qinghe, current_plan(qinghe), 2024, by=planner)


@pytest.fixture
def released(draft, leader):
    run = queries.newest(draft)
    actions.release(run, by=leader)
    return run
