"""Each person's own choice, and the administrator's page of other systems."""

import pytest

from lantu.services.notices.actions.choosing import add_hook
from lantu.services.notices.models import Hook, Wish

pytestmark = pytest.mark.django_db
PAGE = "/account/notices/"
HOOKS = "/z/qinghe/hooks/"


def test_a_person_sees_the_work_address_and_keeps_a_choice(client, own_clerk):
    client.force_login(own_clerk)
    assert "ann@example.org" in client.get(PAGE).content.decode()

    client.post(PAGE, {"late": "on", "language": "zh"})

    wish = Wish.objects.get(user=own_clerk)
    assert (wish.soon, wish.late, wish.warning, wish.language) == (False, True, False, "zh")


def test_a_language_that_there_is_not_is_refused(client, own_clerk):
    client.force_login(own_clerk)

    client.post(PAGE, {"late": "on", "language": "fr"})

    assert not Wish.objects.exists()


def test_an_administrator_adds_and_removes_a_system(client, qinghe, administrator):
    client.force_login(administrator)
    client.post(HOOKS, {"address": "https://example.org/told"})
    hook = Hook.objects.get(zone=qinghe)
    page = client.get(HOOKS).content.decode()
    assert hook.address in page
    assert hook.secret in page

    client.post(f"{HOOKS}{hook.pk}/remove/")

    assert not Hook.objects.exists()


def test_an_address_that_is_refused_says_why_in_chinese(client, qinghe, administrator):
    client.force_login(administrator)

    answer = client.post(HOOKS, {"address": "http://example.org/"})

    assert answer.status_code == 400
    assert "只接受https" in answer.content.decode()


def test_a_system_of_another_zone_cannot_be_removed(client, xinxiang, person, administrator):
    hook = add_hook(xinxiang, "https://example.org/told", by=administrator)
    client.force_login(administrator)

    assert client.post(f"{HOOKS}{hook.pk}/remove/").status_code == 404
    assert Hook.objects.filter(pk=hook.pk).exists()


def test_two_systems_have_different_keys_and_a_new_one_another(qinghe, administrator):
    keys = {add_hook(qinghe, f"https://example.org/{n}", by=administrator).secret for n in (1, 2)}

    assert len(keys) == 2
