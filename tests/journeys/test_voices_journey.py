"""A resident speaks in Arabic on a phone and finds the answer; a mediator notes without network."""

import pytest
from playwright.sync_api import expect

from maillage.organisations.models import TerritoryRole
from maillage.participation import actions
from maillage.participation.models import ResidentVoice
from tests.factories.organisations import TerritoryRoleFactory
from tests.factories.participation import HeardNeedFactory, ResidentVoiceFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quick(settings):
    settings.SECONDS_ON_A_FORM = 0


@pytest.fixture
def mediator(chloe, tilleuls):
    TerritoryRoleFactory(user=chloe, territory=tilleuls, role=TerritoryRole.Role.MEDIATOR)
    return chloe


def test_a_resident_speaks_in_arabic_on_a_phone_and_finds_the_answer(
    open_page, axe, tilleuls, elsa, amina, entraide, now
):
    page = open_page()
    page.goto(f"/paroles/{tilleuls.slug}/")
    page.get_by_role("link", name="العربية").click()
    page.get_by_role("link", name="أريد أن أقول شيئًا").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_label("كلامك").fill("لا توجد مقاعد أمام المدرسة")
    page.get_by_role("radio", name="المدرسة").check()
    page.get_by_label("يمكن عرض كلامي على الجميع، بلا اسمي.").check()
    page.get_by_role("button", name="إرسال").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("وصل كلامك. شكرًا.")
    axe(page)
    code = page.locator(".voice-code").inner_text()
    assert page.context.cookies() == []

    voice = ResidentVoice.objects.get()
    actions.share_voice(voice, shared_words="Il n’y a pas de bancs devant l’école.", actor=elsa, at=now)
    need = actions.group_voices([voice], territory=tilleuls, wording="Des bancs", actor=elsa, at=now)
    actions.take_up(need, organisation=entraide, actor=amina, at=now)
    actions.answer_need(need, answer="Deux bancs en mai.", actor=amina, at=now)
    actions.tell_in_own_language(voice, words="مقعدان في مايو.", actor=elsa, at=now)

    page.get_by_role("link", name="لديّ رمز").click()
    page.get_by_label("رمزك").fill(code)
    page.get_by_role("button", name="قراءة الجواب").click()
    expect(page.get_by_text("مقعدان في مايو.")).to_be_visible()
    expect(page.get_by_text("Deux bancs en mai.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="سحب كلامي (حذفه)").click()
    page.get_by_role("button", name="نعم، احذف").click()
    expect(page.get_by_role("heading", name="تم الحذف.")).to_be_visible()
    assert not ResidentVoice.objects.exists()
    assert page.context.cookies() == []


def test_a_mediator_notes_without_network_and_nothing_is_lost_nor_sent_twice(open_page, axe, mediator, page_faults):
    page = open_page(mediator)
    page.goto("/paroles/noter/")
    expect(page.locator("[data-note][data-ready]")).to_be_attached()
    axe(page)
    # The page and its parts are on the telephone once the worker has kept them.
    page.wait_for_function(
        "caches.open('maillage-note-1').then((kept) => kept.keys()).then((keys) => keys.length >= 3)"
    )
    context = page.context
    context.set_offline(True)
    for words in ("Le city stade est fermé.", "Il fait noir au parc."):
        page.get_by_label("Ce que la personne a dit").fill(words)
        page.get_by_role("button", name="Noter", exact=True).click()
        expect(page.get_by_text("Pas de réseau")).to_be_visible()
    page.get_by_label("Ce que la personne a dit").fill("Je n’ai pas fini")
    page.close()
    # Closed, and opened again still without network. A new window may begin before Chromium tells it that there is
    # none: what it sends is cut as well.
    page = context.new_page()
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError('no network'))")
    page.goto("/paroles/noter/")
    waiting = page.locator("[data-note-list] li")
    expect(waiting).to_have_count(2)
    expect(page.get_by_label("Ce que la personne a dit")).to_have_value("Je n’ai pas fini")
    # One may have reached the site though its answer was lost: it stays here, and is sent again under the same key.
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/paroles/noter/")
    waiting = page.locator("[data-note-list] li")
    expect(waiting).to_have_count(0, timeout=20_000)
    expect(page.get_by_label("Ce que la personne a dit")).to_have_value("Je n’ai pas fini")
    # Two pages open at once send nothing a second time.
    other = context.new_page()
    other.goto("/paroles/noter/")
    expect(other.locator("[data-note][data-ready]")).to_be_attached()
    assert sorted(ResidentVoice.objects.values_list("words", flat=True)) == [
        "Il fait noir au parc.",
        "Le city stade est fermé.",
    ]
    page_faults.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_these_pages_are_for_everybody(open_page, axe, tilleuls, elsa, entraide, now, viewport, scheme):
    HeardNeedFactory(territory=tilleuls)
    need = HeardNeedFactory(
        territory=tilleuls, released=True, taken_up=True, carrier=entraide, answer="Oui.", answered_at=now
    )
    ResidentVoiceFactory(territory=tilleuls, shared=True, may_be_shown=True, need=need)
    ResidentVoiceFactory(territory=tilleuls, shared=True)
    raw = ResidentVoiceFactory(territory=tilleuls, words="Mme Benali, au 06 12 34 56 78")
    page = open_page(elsa, viewport=viewport, color_scheme=scheme)
    for address in (
        "/paroles/",
        f"/paroles/{tilleuls.slug}/",
        f"/paroles/{tilleuls.slug}/dire/",
        "/paroles/suivre/",
        f"/paroles/{tilleuls.slug}/collectif/",
        f"/paroles/parole/{raw.uuid}/relire/",
        f"/paroles/besoin/{need.uuid}/",
        f"/paroles/{tilleuls.slug}/mediation/",
    ):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        axe(page)
        assert not is_wider_than_the_window(page), address
