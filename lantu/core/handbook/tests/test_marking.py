"""Markdown becomes HTML that can harm nobody and that fits the policy of the pages."""

import pytest

from lantu.core.handbook.marking import marked


def drawn(text, resolve=lambda written: written):
    return marked(text, resolve).html


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("a <b onclick=x>b</b>", "<b"),
        ("[a](javascript:alert)", "<a"),
        ("[a](data:text/html,x)", "<a"),
        ('[a](/x "t&quot; onclick=y")', "onclick"),
        ('![a"onerror=x](y.png)', '"onerror'),
        ('`/z/a/"onclick=x`', "<a"),
        ("| a |\n|--:|\n| 1 |\n", "style="),
    ],
)
def test_nothing_of_a_text_becomes_code(text, never):
    assert never not in drawn(text)


def test_a_name_in_a_table_goes_on_in_the_next_line_at_its_joints_only():
    found = drawn("| a |\n|---|\n| `a/b_c.d` `-o, --to` |\n\nThen `a/b_c`.\n")

    assert "<code>a/<wbr>b_<wbr>c.<wbr>d</code> <code>-o, --to</code>" in found
    assert "<code>a/b_c</code>" in found


def test_the_title_is_left_to_the_page_and_headings_link_to_themselves():
    found = marked("# Title\n\n## One two\n", str)

    assert "Title" not in found.html
    assert '<h2 id="one-two"><a class="handbook__anchor" href="#one-two">' in found.html
    assert [(one.level, one.text) for one in found.headings] == [(1, "Title"), (2, "One two")]


def test_headings_of_the_same_words_have_anchors_of_their_own():
    found = marked("# A\n\n## A\n\n## A\n\n## 只有中文\n", str)

    assert [one.anchor for one in found.headings] == ["a", "a-2", "a-3", "只有中文"]


def test_headings_take_the_anchors_that_are_given():
    found = marked("# 标题\n\n## 一\n", str, anchors=["title", "one"])

    assert [one.anchor for one in found.headings] == ["title", "one"]


def test_a_table_is_a_named_region_whose_head_has_a_scope():
    text = drawn("# T\n\n## Sizes\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n")

    assert 'role="region" tabindex="0" aria-label="Sizes · 1"' in text
    assert '<th scope="col">a</th>' in text
    assert '<td class="number">2</td>' in text


def test_a_table_without_a_head_has_none_and_an_empty_corner_is_no_head():
    assert "<th" not in drawn("| | |\n|---|---|\n| 1 | 2 |\n")
    assert drawn("| | b |\n|---|---|\n| 1 | 2 |\n").count("<th ") == 1


def test_a_link_that_leads_nowhere_here_is_text():
    assert drawn("see [the *source*](../x.py).", lambda written: None) == (
        "<p>see the <em>source</em>.</p>\n"
    )


@pytest.mark.parametrize("code", ["/z/qinghe/promises/", "/docs/tour/", "/guide/"])
def test_an_address_of_the_product_is_a_link(code):
    assert drawn(f"`{code}`") == f'<p><a href="{code}"><code>{code}</code></a></p>\n'


@pytest.mark.parametrize("code", ["/z/<zone>/data/", "/sdmx/data/…", "/etc/passwd", "lantu run"])
def test_other_code_is_none(code):
    assert "<a" not in drawn(f"`{code}`")


def test_chinese_lines_join_and_others_keep_their_space():
    assert drawn("每一步\n都有记录。\n**账本**\nplan\nword") == (
        "<p>每一步都有记录。<strong>账本</strong>\nplan\nword</p>\n"
    )
    assert drawn("写明年份；\n`event`为") == "<p>写明年份；<code>event</code>为</p>\n"
