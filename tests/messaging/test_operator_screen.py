"""What the operator sees of the outbox."""

import pytest
from django.contrib.auth.models import Permission

from maillage.messaging.actions import queue_email
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SCREEN = "/gestion/messages/"


@pytest.fixture
def operator(sign_in):
    return sign_in(UserFactory(is_superuser=True, is_staff=True))


def test_the_operator_sees_what_waits_and_never_what_it_says(operator, now):
    message = queue_email("messages/greeting", to="a@exemple.org", context={"name": "Amina"}, at=now)
    for path in (SCREEN, f"{SCREEN}inspect/{message.pk}/"):
        page = operator.get(path)
        assert page.status_code == 200
        assert "a@exemple.org" in page.content.decode()
        assert "première ligne" not in page.content.decode()


@pytest.mark.parametrize("path", ["new/", "edit/1/", "delete/1/", "history/1/"])
def test_nothing_is_added_changed_or_deleted(operator, path):
    assert operator.get(SCREEN + path).status_code == 404


def test_who_enters_the_back_office_to_edit_does_not_see_it(sign_in, gael):
    gael.user_permissions.add(Permission.objects.get(codename="access_admin"))
    editor = sign_in(gael)
    assert editor.get("/gestion/").status_code == 200
    assert editor.get(SCREEN).status_code == 302
