"""The menu: a few groups, named by the services, with the page that is shown marked."""

import re

import pytest

from lantu.core import content
from lantu.core.errors import ContentError
from lantu.ui import navigation


def menu(current: str = "promises", *, opens: bool = True) -> list[navigation.MenuGroup]:
    return navigation.menu("qinghe", current, "zh", may=lambda permission: opens)


def test_a_signed_in_person_meets_no_more_than_eight_entries_at_once():
    groups = menu()

    alone = [item for group in groups if not group.label for item in group.items]
    assert len(alone) + sum(bool(group.label) for group in groups) <= 8
    assert max(len(group.items) for group in groups) <= 8


def test_the_group_of_the_page_that_is_shown_says_so_and_no_other():
    marked = [group for group in menu() if group.is_current]

    assert [group.label for group in marked] == ["规划"]
    assert [item.view for item in marked[0].items if item.is_current] == ["promises"]


def test_every_page_that_a_service_names_is_in_the_menu_once():
    views = [item.view for group in menu() for item in group.items]

    assert sorted(views) == sorted(link.view for link in navigation.links())


def test_pages_that_the_reader_may_not_open_are_not_offered_nor_are_empty_groups():
    groups = menu(opens=False)

    assert "办理" not in [group.label for group in groups]
    assert "work" not in [item.view for group in groups for item in group.items]


def test_a_page_without_a_group_stands_by_itself_before_the_groups():
    first, *rest = menu()

    assert (first.label, "overview" in [item.view for item in first.items]) == ("", True)
    assert all(group.label for group in rest)


def test_a_group_that_does_not_exist_is_refused_by_name(tmp_path):
    file = tmp_path / "service.yaml"
    file.write_text("{order: 1, view: x, group: nowhere, label: {zh: 甲, en: x}}", "utf-8")

    with pytest.raises(ContentError, match="There is no group 'nowhere' in the menu"):
        navigation._link(content.read(file, "service.yaml"))


@pytest.mark.parametrize("who", ["clerk", "planner", "auditor", "stranger", None])
def test_every_page_of_the_menu_opens_for_its_reader(client, request, qinghe, who):
    if who:
        client.force_login(request.getfixturevalue(who))

    shown = client.get("/z/qinghe/method/").content.decode()

    offered = re.findall(r'href="([^"]+)"', shown.split('<nav class="menu"')[1].split("</nav>")[0])
    assert len(offered) > 10
    assert {address: client.get(address).status_code for address in offered} == dict.fromkeys(
        offered, 200
    )


@pytest.mark.django_db
def test_a_page_draws_its_groups_without_scripts(client, qinghe):
    text = client.get("/z/qinghe/facts/").content.decode()

    assert (
        '<details class="menu__group" name="menu" data-menu><summary class="menu__current">' in text
    )
    assert 'href="/z/qinghe/facts/" aria-current="page"' in text
