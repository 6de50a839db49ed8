"""What is in another language says so, on every page alike."""

import re

import pytest

from lantu.ui.foreign import marked


def body(text, language="en"):
    return marked(f"<html><body class='x'>{text}</body></html>", language)[22:-14]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Target</p>", "<p>Target</p>"),
        ("<td>经发局</td>", '<td><span lang="zh-Hans">经发局</span></td>'),
        ("<p>12.5 万元/亩 in 2024</p>", '<p>12.5 <span lang="zh-Hans">万元/亩</span> in 2024</p>'),
        (
            "<li>年产12万吨（一期） · 5</li>",
            '<li><span lang="zh-Hans">年产12万吨（一期）</span> · 5</li>',
        ),
        (
            "<p>黄 &amp; 白</p>",
            '<p><span lang="zh-Hans">黄</span> &amp; <span lang="zh-Hans">白</span></p>',
        ),
        ("<p>a</p>经发局", '<p>a</p><span lang="zh-Hans">经发局</span>'),
        ("<code>年份</code>年份", '<code>年份</code><span lang="zh-Hans">年份</span>'),
    ],
)
def test_chinese_on_an_english_page_is_marked(text, expected):
    assert body(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '<span lang="zh-Hans">经发局</span>',
        "<svg><text>经发局</text></svg>",
        "<textarea>经发局</textarea>",
        '<script type="application/ld+json">{"name": "经发局"}</script>',
        '<input value="经发局"><a title="经发局">x</a>',
        "<!-- 经发局 -->",
    ],
)
def test_what_is_marked_or_cannot_be_stays(text):
    assert body(text) == text


def test_a_choice_carries_the_mark_itself():
    assert body('<select><option value="a">经发局 (2)</option></select>') == (
        '<select><option lang="zh-Hans" value="a">经发局 (2)</option></select>'
    )


def test_english_on_a_chinese_page_is_marked_and_a_single_word_is_not():
    assert body("<p>来源 Invented return</p>", "zh") == (
        '<p>来源 <span lang="en">Invented return</span></p>'
    )
    assert body("<p>PM10 20 mg</p>", "zh") == "<p>PM10 20 mg</p>"
    assert body("<td>plan qinghe-2021-2025</td>", "zh") == (
        '<td><span lang="en">plan qinghe-2021-2025</span></td>'
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.django_db
def test_nothing_but_marks_is_added(client, language):
    page = client.get("/z/xinxiang/projects/", headers={"accept-language": language})
    text = page.content.decode()
    bare = re.sub(r'<span lang="(?:zh-Hans|en)">([^<]*)</span>', r"\1", text)

    again = marked(bare, language)

    assert re.sub(r'<span lang="(?:zh-Hans|en)">([^<]*)</span>', r"\1", again) == bare
    assert text.count("<span") == text.count("</span>")
