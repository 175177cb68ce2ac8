"""Every message says why it came, and stops in one click: from the mail program or a page, without signing in."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from maillage.messaging.actions import is_refused, queue_email, send_due_messages
from maillage.messaging.kinds import Category, kind_of
from maillage.messaging.links import open_stop_link, stop_link
from maillage.messaging.models import Message, Refusal
from maillage.organisations import emails
from maillage.privacy.actions import forget_person
from tests.factories.charters import national, request_for

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent / "maillage"
TEMPLATES = sorted(
    str(path.relative_to(path.parents[2])).removesuffix(".body.txt")
    for path in ROOT.glob("*/templates/*/emails/*.body.txt")
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_says_why_it_came(template):
    kind = kind_of(template)
    assert kind.category in Category
    assert kind.why or template == "organisations/emails/relayed", "its own text says it"


def test_a_message_that_nobody_declared_is_refused(now):
    with pytest.raises(LookupError):
        queue_email("inconnue/emails/a", to="a@exemple.org", context={}, at=now)


@pytest.fixture
def news(entraide, amina, now):
    """A message of the category "profile", to Amina."""
    emails.organisation_confirmed(entraide, at=now)
    return Message.objects.get()


def test_its_foot_and_its_headers(news, now):
    assert "Vous recevez ce message parce que vous agissez pour cette organisation." in news.body
    assert news.stop_url in news.body
    assert reverse("digest:choices") in news.body
    assert "amina" not in news.stop_url
    send_due_messages(at=now)
    left = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert left["List-Unsubscribe"].strip() == f"<{news.stop_url}>"
    assert left["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert left.get_content_type() == "text/plain"
    news.refresh_from_db()
    assert news.stop_url == "", "the key goes with the text"


def path_of(message):
    return "/" + message.stop_url.split("/", 3)[3]


def test_the_mail_program_stops_it_in_one_post(news, entraide, amina, now):
    """RFC 8058: no cookie, no token, no redirection."""
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path_of(news), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    emails.organisation_confirmed(entraide, at=now)
    assert Message.objects.count() == 1, "nothing more of this kind"
    request_for(national(), organisation=entraide, email=amina.email, at=now)
    assert Message.objects.filter(kind="signature_to_confirm").exists(), "what obliges still comes"


def test_opening_the_page_changes_nothing_and_the_button_does(client, news):
    page = client.get(path_of(news)).content.decode()
    assert "Ne plus recevoir ces messages" in page
    assert not Refusal.objects.exists()
    assert "C’est fait" in client.post(path_of(news)).content.decode()
    assert Refusal.objects.get().category == Category.PROFILE
    client.post(path_of(news))
    assert Refusal.objects.count() == 1, "twice changes nothing"
    assert "Les recevoir de nouveau" in client.get(path_of(news)).content.decode()
    client.post(path_of(news), {"again": "1"})
    assert not Refusal.objects.exists()


@pytest.mark.parametrize("link", ["a", "gAAAAABfake", "é"])
def test_a_forged_link_opens_nothing(client, link):
    assert client.post(reverse("digest:stop", args=[link])).status_code == 404
    assert not Refusal.objects.exists()


def test_a_duty_is_never_stopped():
    assert open_stop_link(stop_link("a@exemple.org", Category.DUTY)) is None


def test_a_signature_proof_gives_no_way_to_stop_it(entraide, now):
    request_for(national(), organisation=entraide, email="zoe@exemple.org", at=now)
    message = Message.objects.get(kind="signature_to_confirm")
    assert message.stop_url == ""
    assert "Vous recevez ce message parce que cette adresse a été donnée pour signer" in message.body
    assert "Ne plus recevoir" not in message.body


def test_a_sign_in_code_says_why(client):
    client.post(reverse("account_request_login_code"), {"email": "personne@exemple.org"})
    assert "Vous recevez ce message parce que" in Message.objects.get().body


def test_choosing_on_one_page(sign_in, amina):
    does = sign_in(amina)
    page = does.get(reverse("digest:choices")).content.decode()
    assert len(re.findall(r'type="checkbox"[^>]*checked', page)) == len(Category) - 1
    does.post(reverse("digest:choices"), {"wanted": ["letter", "groups"], "weekday": "4"})
    assert is_refused("Amina@exemple.org", Category.TEXTS)
    assert not is_refused(amina.email, Category.LETTER)
    assert amina.digest_preference.weekday == 4
    page = does.get(reverse("digest:choices")).content.decode()
    assert len(re.findall(r'type="checkbox"[^>]*checked', page)) == 2
    does.post(reverse("digest:choices"), {"wanted": [c for c in Category if c != "duty"], "weekday": "1"})
    assert not Refusal.objects.exists()
    assert does.post(reverse("digest:choices"), {"wanted": ["duty"], "weekday": "9"}).status_code == 200
    assert not Refusal.objects.exists()


def test_forgotten_their_refusals_are_too(news, amina, now):
    Refusal.objects.create(address=amina.email, category=Category.TEXTS, since=now)
    forget_person(amina, actor=amina, at=now, nobody_can_take_over=True)
    assert not Refusal.objects.exists()
