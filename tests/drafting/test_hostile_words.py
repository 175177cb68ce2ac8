"""Words typed to harm: shown as words on every page of a text, and in the letters."""

import pytest
from django.urls import reverse

from maillage.drafting import actions
from maillage.messaging.models import Message
from tests.factories.drafting import amendment_to
from tests.security.hostile import SCRIPT

pytestmark = pytest.mark.django_db


def test_no_page_takes_them_for_code(sign_in, workshop, amina, entraide, bruno, jardins, now):
    said = {"actor": amina, "organisation": entraide}
    workshop.words = SCRIPT
    workshop.save()
    amendment = amendment_to(workshop, title=SCRIPT, text=SCRIPT, reason=SCRIPT, **said)
    twin = amendment_to(workshop, title=SCRIPT, text=f"{SCRIPT}.", reason=SCRIPT, **said)
    added = {"kind": "add", "article_kind": "value", "title": SCRIPT, "text": SCRIPT, "reason": SCRIPT}
    actions.propose_amendment(workshop, at=now, **added, **said)
    actions.make_comment(workshop, text=SCRIPT, article_key="avec", at=now, **said)
    stance = {"kind": "object", "words": SCRIPT, "organisation": jardins, "actor": bruno, "at": now}
    actions.take_stance(amendment, **stance)
    base, one = workshop.get_absolute_url(), amendment.get_absolute_url()
    pages = [
        reverse("drafting:workshop-list", args=[workshop.group.slug]),
        *(base + page for page in ("", "histoire/", "a-imprimer/", "fermer/", "articles/avec/")),
        *(one + page for page in ("", "accepter/", "reecrire/", "refuser/")),
    ]
    his = sign_in(bruno)
    for page in pages:
        assert SCRIPT not in his.get(page).content.decode(), page
    actions.accept_amendment(twin, actor=bruno, at=now, reason=SCRIPT, answer=SCRIPT)
    actions.refuse_amendment(amendment, actor=bruno, at=now, answer=SCRIPT)
    actions.close_workshop(workshop, actor=bruno, at=now, words=SCRIPT)
    for page in (base, f"{base}histoire/", f"{base}articles/avec/", one, twin.get_absolute_url()):
        assert SCRIPT not in his.get(page).content.decode(), page
    assert all("\n" not in letter.subject for letter in Message.objects.all())
    assert any(SCRIPT in letter.body for letter in Message.objects.all()), "a letter is plain text: it says the words"
