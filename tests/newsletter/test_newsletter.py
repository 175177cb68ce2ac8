"""A letter that one asks for twice and leaves in one click; public things alone; sent once."""

import re

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from maillage.messaging.actions import send_due_messages
from maillage.messaging.models import Message
from maillage.newsletter import actions, queries
from maillage.newsletter.models import Letter, Sending, Subscriber
from tests.factories.editorial import case_study, news
from tests.factories.events import EventFactory
from tests.factories.newsletter import LetterFactory, SubscriberFactory
from tests.factories.participation import HeardNeedFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+")


@pytest.fixture(autouse=True)
def quick(settings):
    settings.SECONDS_ON_A_FORM = 0


def asked(client, territory, email="nora@exemple.org"):
    return client.post(f"/lettre/?territoire={territory.slug}", {"email": email})


def path_in(message):
    """The path of the first link of a message of ours."""
    return LINK.search(message.body)[0].removeprefix(django_settings.SITE_ADDRESS)


def test_nothing_is_kept_of_an_address_before_its_mailbox_confirms(client, tilleuls):
    asked(client, tilleuls)
    assert not Subscriber.objects.exists()
    path = path_in(Message.objects.get())
    client.get(path)
    assert not Subscriber.objects.exists()
    client.post(path)
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, list(subscriber.territories.all())) == ("nora@exemple.org", [tilleuls])


def test_the_answer_tells_nobody_whether_an_address_is_known(client, tilleuls):
    SubscriberFactory(email="nora@exemple.org", territories=[tilleuls])
    known, new = asked(client, tilleuls), asked(client, tilleuls, "autre@exemple.org")
    assert known.content == new.content


def test_a_forged_or_old_link_confirms_nothing(client, tilleuls, clock):
    asked(client, tilleuls)
    path = path_in(Message.objects.get())
    assert client.post(path[:-4] + "xxx/").status_code == 410
    clock.advance(days=4)
    assert client.post(path).status_code == 410
    assert not Subscriber.objects.exists()


def test_a_letter_leaves_once_with_a_way_out_in_one_click(client, sign_in, elsa, tilleuls, mailoutbox):
    SubscriberFactory(email="nora@exemple.org", territories=[tilleuls])
    SubscriberFactory(email="ailleurs@exemple.org")
    letter = LetterFactory(territory=tilleuls)
    for _time in range(2):
        sign_in(elsa).post(f"/lettre/{letter.slug}/envoyer/")
    send_due_messages(at=timezone.now())
    assert [mail.to for mail in mailoutbox] == [["nora@exemple.org"]]
    mail = mailoutbox[0]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.content_subtype == "plain"
    assert not mail.attachments
    way_out = mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(django_settings.SITE_ADDRESS)
    client.post(way_out, {"List-Unsubscribe": "One-Click"})
    assert not queries.recipients(tilleuls).exists()
    assert actions.forget_who_left(at=timezone.now()) >= 1
    assert not Subscriber.objects.filter(email="nora@exemple.org").exists()


def test_whoever_comes_back_gets_what_they_ask_for_now(client, tilleuls, commune, now):
    from maillage.messaging.actions import refuse

    SubscriberFactory(email="nora@exemple.org", territories=[commune])
    refuse("nora@exemple.org", "newsletter", at=now)
    asked(client, tilleuls)
    client.post(path_in(Message.objects.get()))
    assert queries.recipients(tilleuls).get().email == "nora@exemple.org"
    assert not queries.recipients(commune).exists()


def test_what_is_proposed_is_public_alone(tilleuls, entraide, now):
    EventFactory(organiser=entraide, territories=[tilleuls], title="La fête de tous")
    EventFactory(organiser=entraide, territories=[tilleuls], title="Entre nous", audience="space")
    answered = {"territory": tilleuls, "taken_up": True, "answer": "Oui.", "answered_at": now}
    HeardNeedFactory(wording="Des bancs", released=True, **answered)
    HeardNeedFactory(wording="Un secret", **answered)
    news(title="Une nouvelle")
    case_study(title="Un brouillon", live=False)
    told = " ".join(item["title"] for item in queries.proposed(tilleuls, at=now))
    for shown in ("La fête de tous", "Des bancs", "Une nouvelle"):
        assert shown in told
    for hidden in ("Entre nous", "Un secret", "Un brouillon"):
        assert hidden not in told


def test_a_coordination_composes_reads_again_tries_and_sends(sign_in, client, elsa, amina, fatou, tilleuls, entraide):
    event = EventFactory(organiser=entraide, territories=[tilleuls], title="La fête de tous")
    told = {"title": "Novembre", "words": "Bonjour.", "items": [event.get_absolute_url()]}
    for user in (amina, fatou):
        assert sign_in(user).post("/lettre/composer/", told).status_code == 403
    sign_in(elsa).post(f"/lettre/composer/?territoire={tilleuls.slug}", told)
    letter = Letter.objects.get()
    assert [item["title"] for item in letter.items] == ["La fête de tous"]
    assert client.get(letter.get_absolute_url()).status_code == 404
    sign_in(elsa).post(f"{letter.get_absolute_url()}essai/")
    assert Message.objects.get().recipient == elsa.email
    sign_in(elsa).post(f"{letter.get_absolute_url()}envoyer/")
    assert "La fête de tous" in client.get(letter.get_absolute_url()).content.decode()
    assert sign_in(elsa).post(f"{letter.get_absolute_url()}modifier/", told).status_code == 403


def test_a_letter_may_be_a_few_words_alone(sign_in, elsa, tilleuls):
    sign_in(elsa).post(f"/lettre/composer/?territoire={tilleuls.slug}", {"title": "Novembre", "words": "Bonjour."})
    assert Letter.objects.get().items == []
    sign_in(elsa).post(f"/lettre/composer/?territoire={tilleuls.slug}", {"title": "Vide", "words": ""})
    assert Letter.objects.count() == 1


def test_an_address_that_is_not_proposed_cannot_be_slipped_in(sign_in, elsa, tilleuls):
    told = {"title": "Novembre", "words": "Bonjour.", "items": ["https://ailleurs.example/"]}
    sign_in(elsa).post("/lettre/composer/", told)
    assert not Letter.objects.exists()


def test_fifty_subscribers_cost_no_read_each(sign_in, elsa, tilleuls, django_assert_max_num_queries):
    for one in SubscriberFactory.create_batch(50):
        one.territories.set([tilleuls])
    letter = LetterFactory(territory=tilleuls)
    # One refusal looked for and one message written for each: nothing else grows.
    with django_assert_max_num_queries(2 * 50 + 25):
        actions.send(letter, actor=elsa, at=timezone.now())
    assert Sending.objects.count() == 50
