"""The back office: its own policy, and the same door as everybody."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_it_has_a_policy_of_its_own(sign_in, chloe):
    chloe.user_permissions.add(Permission.objects.get(codename="access_admin"))
    answer = sign_in(chloe).get("/gestion/")
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == settings.BACK_OFFICE_POLICY


def test_a_visitor_is_led_to_our_sign_in_which_asks_for_no_password(client):
    answer = client.get("/gestion/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('account_login')}?next=/gestion/"
    assert 'type="password"' not in answer.content.decode()


def test_who_is_signed_in_and_has_no_business_there_is_refused_not_sent_round(sign_in, chloe):
    answer = sign_in(chloe).get("/gestion/", follow=True)
    assert answer.status_code == 403


def test_its_forms_still_look_like_its_own(sign_in, chloe):
    chloe.user_permissions.add(Permission.objects.get(codename="access_admin"))
    page = sign_in(chloe).get("/gestion/account/").content.decode()
    assert "w-field" in page
    assert "field__head" not in page
