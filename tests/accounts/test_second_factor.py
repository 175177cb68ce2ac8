"""A second factor: who is asked for it, what it opens, how it is set up, used, lost."""

import base64
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from maillage.messaging.models import Message

pytestmark = pytest.mark.django_db
SECRET = generate_totp_secret()
NATIONAL = "/charte/redaction/"


@pytest.fixture(autouse=True)
def staff_need_it(settings):
    settings.STAFF_SECOND_FACTOR = True


def code_of(secret):
    """What the application shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def protect(user):
    """The application and the recovery codes of ``user``."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user)


def sign_in_by_code(client, email, onward="/espace/"):
    client.post(reverse("account_login"), {"email": email, "next": onward})
    code = re.search(r"^([A-Z0-9-]{6,9})$", Message.objects.latest("pk").body, re.MULTILINE)[1]
    return client.post(reverse("account_confirm_login_code"), {"code": code, "next": onward})


def test_staff_without_a_second_factor_are_led_to_choose_one(sign_in, gael):
    client = sign_in(gael)
    for address in ("/gestion/", NATIONAL):
        page = client.get(address, follow=True)
        assert page.redirect_chain[-1][0] == reverse("mfa_index")
        assert "a besoin d’un second moyen de preuve" in page.content.decode()
    assert client.post(f"{NATIONAL}commencer/").status_code == 302
    assert client.get("/annuaire/").status_code == 200


def test_setting_up_the_application_opens_the_door_at_once(sign_in, gael):
    client = sign_in(gael)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'class="hash">([A-Z2-7]+)<', page.content.decode())[1]
    drawing = base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode())[1])
    assert b'xmlns="http://www.w3.org/2000/svg"' in drawing, "no browser draws it otherwise"
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Ce code ou cette clé ne convient pas" in wrong.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert done.status_code == 200
    codes = re.findall(r'class="hash">(\d{8})<', done.content.decode())
    assert len(codes) == 10
    assert client.get(NATIONAL).status_code == 200
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept, "the database alone does not give the codes"


def test_signing_in_asks_for_the_code_and_a_code_serves_once(client, gael):
    protect(gael)
    assert sign_in_by_code(client, gael.email, NATIONAL)["Location"] == reverse("mfa_authenticate")
    assert client.get("/espace/").status_code == 302, "not signed in yet"
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    code = code_of(SECRET)
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == NATIONAL
    assert client.get(NATIONAL).status_code == 200
    again = type(client)()
    sign_in_by_code(again, gael.email)
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200, "used already"


def test_a_session_that_began_before_gives_it_at_the_door(sign_in, gael):
    protect(gael)
    client = sign_in(gael)
    asked = client.get(f"{NATIONAL}?a=b")
    assert asked["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fcharte%2Fredaction%2F%3Fa%3Db"
    assert client.get(asked["Location"]).status_code == 200
    entered = client.post(reverse("mfa_reauthenticate"), {"code": code_of(SECRET), "next": NATIONAL})
    assert entered["Location"] == NATIONAL
    assert client.get(NATIONAL).status_code == 200


def test_a_recovery_code_opens_once(client, gael):
    code = protect(gael).get_unused_codes()[0]
    sign_in_by_code(client, gael.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get(NATIONAL).status_code == 200
    again = type(client)()
    sign_in_by_code(again, gael.email)
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_the_code_of_another_does_not_open(client, gael, chloe):
    codes = protect(chloe).get_unused_codes()
    TOTP.activate(gael, generate_totp_secret())
    sign_in_by_code(client, gael.email)
    for code in (codes[0], code_of(SECRET)):
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert client.get("/espace/").status_code == 302


def test_signing_out_ends_what_was_given(client, gael):
    protect(gael)
    sign_in_by_code(client, gael.email)
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    client.post(reverse("account_logout"))
    client.force_login(gael)
    assert client.get(NATIONAL).status_code == 302


def test_whoever_may_enter_the_back_office_is_asked_too(sign_in, chloe):
    chloe.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert sign_in(chloe).get("/gestion/")["Location"] == reverse("mfa_index")


def test_nobody_else_is_asked_for_anything(client, amina):
    assert sign_in_by_code(client, amina.email)["Location"] == "/espace/"
    assert client.get("/gestion/").status_code == 302
    assert client.get(NATIONAL).status_code == 403


def test_where_it_is_off_staff_come_in_as_before(settings, sign_in, gael):
    settings.STAFF_SECOND_FACTOR = False
    assert sign_in(gael).get(NATIONAL).status_code == 200


def test_changing_ones_security_asks_for_the_factor_again(client, amina, sign_in):
    protect(amina)
    client = sign_in(amina)
    for route in (
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
    ):
        assert client.get(reverse(route))["Location"].startswith(reverse("mfa_reauthenticate")), route
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(SECRET)})
    assert client.get(reverse("mfa_view_recovery_codes")).content.decode().count("hash") == 10
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=amina).exists()
    assert "vient d’être retirée" in Message.objects.get(kind="totp_deactivated").body


def test_ones_keys_are_ones_own(sign_in, amina, bruno):
    key = Authenticator.objects.create(user=bruno, type="webauthn", data={"name": "téléphone", "credential": {}})
    client = sign_in(amina)
    for route in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(route, args=[key.pk])).status_code == 404
        assert client.post(reverse(route, args=[key.pk]), {"name": "à moi"}).status_code == 404
    assert key in Authenticator.objects.all()


def test_who_lost_everything_asks_the_operator(client, gael, capsys):
    protect(gael)
    call_command("forget_second_factor", gael.email.upper())
    assert "2 moyen(s) de preuve" in capsys.readouterr().out
    assert sign_in_by_code(client, gael.email)["Location"] == "/espace/"
    assert client.get(NATIONAL)["Location"] == reverse("mfa_index")
    with pytest.raises(CommandError, match="Personne"):
        call_command("forget_second_factor", "inconnue@exemple.org")


def test_guesses_are_counted(client, gael):
    protect(gael)
    sign_in_by_code(client, gael.email)
    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}) for n in range(12)]
    assert answers[-1].status_code == 429 or "Trop" in answers[-1].content.decode()


def test_every_page_of_security_opens(sign_in, amina):
    client = sign_in(amina)
    for route in ("mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp"):
        assert client.get(reverse(route)).status_code == 200
    assert reverse("mfa_index") in client.get("/espace/").content.decode()
    assert Client().get(reverse("mfa_index")).status_code == 302
