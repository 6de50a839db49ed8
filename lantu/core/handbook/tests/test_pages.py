"""The handbook is whole: what is written is listed, in the languages that its readers speak."""

import re

import pytest

from lantu.core.handbook import glossary, pages
from lantu.core.handbook.bilingual import in_one
from lantu.core.handbook.pages import DOCS, contents, every_page, page, parts, picture, size, target

NAMES = [one.name for one in every_page()]
# Who uses the pages reads Chinese first; what is told to programmers may be English alone.
GUIDES = [
    "tour", "for-leaders", "for-planners", "for-clerks", "for-auditors", "for-developers",
    "methods", "security", "reading-desk", "notices", "open-data", "plan-folders",
    "deploy", "commands", "settings", "assessment", "scenarios", "appraisals", "areas",
]  # fmt: skip


def test_every_file_is_a_page_once_and_every_page_is_a_file():
    written = {path.name.removesuffix(".md").removesuffix(".zh") for path in DOCS.glob("*.md")}

    assert sorted(NAMES) == sorted(written)


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A folder of documents with a page that its contents do not name."""
    (tmp_path / "contents.yaml").write_text("others: {zh: 其他, en: More}\ngroups: []\n", "utf-8")
    (tmp_path / "new.md").write_text("# A new page\n\n## Part\n", encoding="utf-8")
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    for known in (pages.contents, pages._bilingual):
        known.cache_clear()
    yield tmp_path
    for known in (pages.contents, pages._bilingual, pages._read):
        known.cache_clear()


def test_a_page_that_nobody_listed_is_found_by_its_title(another):
    [group] = contents()

    assert [one.title["zh"] for one in group.pages] == ["A new page"]
    assert page("new", "zh").language == "en"

    (another / "new.zh.md").write_text("# 新的一页\n\n## 部分\n", encoding="utf-8")
    contents.cache_clear()
    assert page("new", "zh").listed.title == {"zh": "新的一页", "en": "A new page"}
    assert page("new", "zh").language == "zh"


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_for_people_is_written_in_both_languages(name):
    assert {page(name, lang).language for lang in ("zh", "en")} == {"zh", "en"}


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_outline_and_anchors(name):
    zh, en = page(name, "zh"), page(name, "en")

    assert [one.level for one in zh.headings] == [one.level for one in en.headings]
    assert [one.anchor for one in zh.headings] == [one.anchor for one in en.headings]
    assert len(list(parts(name))) == sum(one.level == 2 for one in en.headings)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_has_one_title_and_anchors_that_exist(name, lang):
    found = page(name, lang)
    anchors = [one.anchor for one in found.headings]

    assert [one.level for one in found.headings].count(1) == 1
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#([^"]+)"', found.html)) <= set(anchors)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_was_meant_as_bold_is_left_as_stars(name):
    for lang in ("zh", "en"):
        text = re.sub(r"<(code|pre)>.*?</\1>", "", page(name, lang).html, flags=re.DOTALL)
        assert "**" not in text


@pytest.mark.parametrize("name", GUIDES)
def test_a_page_is_in_its_readers_language_alone(name):
    zh, en = (re.sub(r"<(code|pre)\b.*?</\1>|<[^>]+>", " ", page(name, lang).html, flags=re.DOTALL)
              for lang in ("zh", "en"))  # fmt: skip

    assert len(re.findall(r"[\u4e00-\u9fff]", zh)) > len(zh) / 5
    assert re.findall(r"(?:[a-z]{2,} ){5,}", zh) == []  # four are the parts of a command
    assert len(re.findall(r"[\u4e00-\u9fff]", en)) < len(en) / 50


def test_a_file_in_both_languages_is_read_in_one():
    both = "# 命令 · Commands\n\n先写中文。\n\nThen English.\n\n| `--port` | 端口 · the port |"

    assert in_one(both, "zh") == "# 命令\n\n先写中文。\n\n| `--port` | 端口 |"
    assert in_one(both, "en") == "# Commands\n\nThen English.\n\n| `--port` | the port |"


def test_a_page_that_is_not_there_is_none():
    assert page("nothing", "zh") is None
    assert page("../settings", "en") is None


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("tour.md", "/docs/tour/"),
        ("tour.zh.md#x", "/docs/tour/#x"),
        ("glossary.yaml", "/docs/glossary/"),
        ("overview.png", "/docs/overview.png"),
        ("https://example.org/", "https://example.org/"),
        ("nothing.md", None),
        ("../lantu/settings.py", None),
        ("../../x.png", None),
    ],
)
def test_links_lead_to_pages_pictures_and_other_sites(written, address):
    assert target(written) == address


def test_only_pictures_of_the_handbook_are_given_out():
    assert picture("overview.png") == DOCS / "overview.png"
    for name in ("../README.md", "glossary.yaml", "decisions/x.png", "none.png", ""):
        assert picture(name) is None


def test_groups_and_pages_have_their_words_in_both_languages():
    for group in contents():
        for texts in (group.title, *(t for one in group.pages for t in (one.title, one.tells))):
            assert re.search(r"[\u4e00-\u9fff]|[A-Z]", texts["zh"])
            assert re.search(r"[A-Za-z]", texts["en"])


def test_words_have_names_of_their_own_and_short_explanations():
    names = [one.name for one in glossary.terms()]

    assert len(set(names)) == len(names)
    for one in glossary.terms():
        assert re.fullmatch(r"[a-z0-9-]+", one.name)
        assert all(len(text) < 200 for text in one.explained.values())


def test_a_word_that_nobody_explained_cannot_be_asked_for():
    assert glossary.term("scope").zh == "口径"
    with pytest.raises(KeyError):
        glossary.term("gross-domestic-product")


def test_a_picture_says_how_large_it_is_so_that_nothing_moves_when_it_arrives():
    found = page("tour", "en")

    assert size("overview.png") == size("overview-en.png") == (1280, 960)
    assert 'width="1280" height="960"' in found.html
    assert size("no-such.png") is None
