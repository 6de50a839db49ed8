"""Each method has a page with its numbers, their papers and its examples, run as it is drawn."""

import pytest

from lantu.kernel.methods import catalogue


@pytest.mark.parametrize("method", catalogue.catalogue(), ids=lambda method: method.name)
def test_every_method_has_a_page_and_its_examples_agree(client, db, method):
    text = client.get(f"/methods/{method.name}/").content.decode()

    assert method.label["zh"] in text
    assert "不符" not in text
    assert catalogue.checks(method.name)
    for parameter in method.parameters.values():
        assert parameter.settings[-1].since.isoformat() in text


def test_the_list_leads_to_every_method(client, db):
    text = client.get("/methods/").content.decode()

    for method in catalogue.catalogue():
        assert f"/methods/{method.name}/" in text


def test_a_method_that_does_not_exist_is_not_found(client, db):
    assert client.get("/methods/nowhere.nothing/").status_code == 404


def test_a_parameter_is_told_part_by_part_in_the_readers_language(client, db):
    address = "/methods/enterprises.per_mu_score/"
    chinese = client.get(address).content.decode()
    english = client.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode()

    assert "亩均税收：权重 30；基准值 24.097<br>" in chinese
    assert "A 20；B 60；C 95；D 100" in chinese
    assert "tax per mu: weight 30; baseline 24.097<br>" in english
    assert "tax_per_mu" not in english
