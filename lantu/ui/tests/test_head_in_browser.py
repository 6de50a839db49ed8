"""The head of a page on a phone: one row, and the rest behind a button, with scripts or without."""

import pytest
from playwright.sync_api import expect

from tests.browsing import CHROMIUM, PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
PHONE = {"width": 390, "height": 800}
# A row of words and a button is under 60 px high; two are not.
ROW = 60


@pytest.fixture(scope="module", params=["zh-CN", "en-US"])
def signed_in(site, chromium, request):
    """Pia's page on a phone, in both languages, without scripts."""
    context = chromium.new_context(locale=request.param, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("#id_login", "pia")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.goto(f"{site}/z/qinghe/promises/")
    yield page
    context.close()


def test_head_and_menu_take_a_row_each(signed_in):
    heights = [signed_in.locator(one).bounding_box()["height"] for one in (".top", ".menu")]

    assert max(heights) < ROW


def told_as_expanded(page):
    """What the browser tells a screen reader of the button."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    button = next(one for one in tree if one["role"]["value"] == "button"
                  and one["name"]["value"] in ("更多", "More"))  # fmt: skip
    return {one["name"]: one["value"]["value"] for one in button["properties"]}["expanded"]


def test_the_button_shows_who_is_signed_in_by_keyboard_alone(signed_in):
    button, people = signed_in.locator(".top__more"), signed_in.locator(".top__people")
    expect(people).to_be_hidden()

    button.focus()
    signed_in.keyboard.press("Enter")

    expect(people).to_be_visible()
    expect(people).to_contain_text("(pia)")
    assert told_as_expanded(signed_in)
    signed_in.keyboard.press("Tab")
    expect(people.get_by_role("link").first).to_be_focused()
    signed_in.keyboard.press("Escape")
    expect(people).to_be_hidden()
    expect(button).to_be_focused()


def test_search_is_one_press_away(signed_in):
    signed_in.locator(".search__link").click()

    expect(signed_in.locator("main input[type=search]")).to_be_visible()
    signed_in.go_back()
