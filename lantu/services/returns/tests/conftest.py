"""People and one return that the tests of this service share."""

from datetime import date

import pytest

from lantu.kernel.commitments import queries as commitments
from lantu.services.returns import actions, queries
from lantu.services.returns.actions import Written

NAME = "qinghe-2021-2025"


@pytest.fixture
def reviewer(person):
    return person("rita", "reviewer")


@pytest.fixture
def own_clerk(person):
    return person("ann", "clerk", "industry")


@pytest.fixture
def case(qinghe, planner):
    plan = commitments.plan(NAME)
    issued = actions.issue_returns(
        qinghe, plan, commitments.responsible(plan),
        when="2025", vintage="年报", due_on=date(2026, 2, 15), by=planner,
    )  # fmt: skip
    return next(one for one in issued.cases if one.department == "industry")


@pytest.fixture
def fill():
    """Write some lines; the others are said not to be known yet."""

    def write(case, clerk, **values):
        written = {row.code: Written("", "尚未统计") for row in case.return_lines.all()}
        written |= {code: Written(value, "") for code, value in values.items()}
        actions.write_lines(case, written, by=clerk)

    return write


@pytest.fixture
def send():
    return lambda case, clerk: actions.submit(case, queries.open_questions(case), by=clerk)
