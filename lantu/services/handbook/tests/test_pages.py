"""The pages of the handbook, for everybody: drawn, linked, safe, and found."""

import re
from pathlib import Path

import pytest
from django.test import Client

from lantu.core.handbook import glossary
from lantu.core.handbook.pages import every_page
from lantu.core.judging.states import STATES
from lantu.kernel.access.models import Zone
from lantu.services.handbook import views

LANTU = Path(__file__).parents[3]
NAMES = [one.name for one in every_page()]
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def drawn(client, address, lang="zh"):
    answer = client.get(address, headers={"accept-language": LANGUAGES[lang]})
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture(params=["owner", "colleague", "stranger", "anonymous"])
def anyone(request, client, clerk, auditor, stranger):
    """A browser of each of four people."""
    person = {"owner": clerk, "colleague": auditor, "stranger": stranger}.get(request.param)
    if person is not None:
        client.force_login(person)
    return client


@pytest.mark.parametrize("address", ["/docs/", "/docs/tour/", "/docs/glossary/", "/guide/"])
def test_everybody_may_read(anyone, address):
    drawn(anyone, address)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_drawn_within_the_policy(client, db, name, lang):
    text = drawn(client, f"/docs/{name}/", lang)

    assert not re.search(r"<[^>]*\sstyle=|<style|<[^>]*\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_every_page_is_in_the_contents(client, db):
    text = drawn(client, "/docs/")

    assert [name for name in NAMES if f'href="/docs/{name}/"' not in text] == []


def test_every_link_of_the_handbook_leads_somewhere(client, db):
    tried: set[str] = set()
    for address in ["/docs/", "/docs/glossary/", *(f"/docs/{name}/" for name in NAMES)]:
        for lang in LANGUAGES:
            text = drawn(client, address, lang).split("<main")[1]
            tried |= set(re.findall(r'(?:href|src)="(/[^"]*)"', text))
    # Behind a sign-in there is at least a page; a picture is read to its end, so that it is closed.
    wrong = [one for one in tried if not leads(client, one.replace("&amp;", "&"))]

    assert wrong == []
    assert len(tried) > 20


def leads(client, address):
    answer = client.get(address.partition("#")[0])
    if answer.streaming:
        list(answer.streaming_content)
    return answer.status_code in (200, 302)


def test_a_mark_in_an_address_is_there(client, db):
    text = drawn(client, "/docs/glossary/")

    for one in glossary.terms():
        assert f'id="{one.name}"' in text


def test_a_page_of_one_language_says_so_to_readers_of_the_other(client, db, monkeypatch):
    english = "本页目前只有英文"
    assert english not in drawn(client, "/docs/tour/", "zh")

    found = views.pages.page
    monkeypatch.setattr(views.pages, "page", lambda name, language: found(name, "en"))

    assert english in drawn(client, "/docs/tour/", "zh")


def test_every_page_is_there_in_both_languages():
    assert {one.name: set(one.languages) for one in every_page()} == {
        name: {"zh", "en"} for name in NAMES
    }


@pytest.mark.parametrize("address", ["/docs/nothing/", "/docs/none.png", "/docs/glossary.png"])
def test_what_is_not_there_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_every_word_that_a_template_marks_is_explained():
    marked = {
        name
        for path in LANTU.rglob("templates/**/*.html")
        for name in re.findall(r'{%\s*term\s+"([^"]+)"', path.read_text(encoding="utf-8"))
    }

    assert len(marked) > 10
    for name in [*marked, *STATES]:
        assert glossary.term(name).explained


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "address",
    ["", "promises/", "promises/hightech/", "facts/", "method/", "contradictions/"],
)
def test_words_of_the_plan_have_help_and_each_mark_its_own_id(client, qinghe, address, lang):
    text = drawn(client, f"/z/qinghe/{address}", lang)
    opened = re.findall(r'popovertarget="(term-\d+)"', text)

    assert opened
    assert re.findall(r'id="(term-\d+)" popover', text) == opened
    assert len(set(opened)) == len(opened)


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("口径", "/docs/glossary/#scope"),
        ("koujing", "/docs/glossary/#scope"),
        ("mean yearly growth", "/docs/glossary/#mean-yearly-growth"),
        ("经办人员", "/docs/for-clerks/"),
        ("for auditors", "/docs/for-auditors/"),
        ("加一个方法", "/docs/for-developers/#add-a-method"),
        ("add a method", "/docs/for-developers/#add-a-method"),
    ],
)
def test_the_search_finds_pages_parts_and_words_in_both_languages(client, db, question, address):
    Zone.objects.get(slug="qinghe")
    hits = client.get("/search.json", {"q": question, "zone": "qinghe"}).json()["hits"]

    assert address in [hit["address"] for hit in hits]


def test_the_start_page_and_every_page_lead_to_help(client: Client, db):
    assert 'action="/guide/"' in drawn(client, "/")
    assert 'href="/docs/"' in drawn(client, "/z/qinghe/")
    assert 'action="/guide/"' in drawn(client, "/docs/")
