"""Telling a cooperation, editing, moderating, finding, keeping, commenting."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page

from maillage.cooperations.models import CaseStudyDraft, Cooperation
from maillage.editorial import actions, queries
from maillage.editorial.blocks_of import of_plain, of_rich
from maillage.editorial.ground import lay_ground
from maillage.editorial.models import CaseStudy, Comment, Editor, GuideChapter, SavedPage
from tests.factories.accounts import UserFactory
from tests.factories.cooperations import CooperationFactory
from tests.factories.editorial import agree_to_all, case_study, news
from tests.harness.client import lenient_templates

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(tilleuls, entraide, jardins, now):
    made = CooperationFactory(partners=[entraide, jardins], territories=[tilleuls], stage="assessed")
    made.themes.create(theme="youth")
    made.findings.create(side="brake", family="time", words="Le soir, personne.")
    return CaseStudyDraft.objects.create(cooperation=made, context="Une cour.", prepared_at=now)


def test_an_assessed_cooperation_is_told_in_one_gesture(story, amina, bruno, hugo, fatou, now, sign_in):
    page = sign_in(amina).post(f"/pratiques/raconter/{story.cooperation.slug}/", follow=True)
    assert "La rédaction a votre récit" in page.content.decode()
    case = CaseStudy.objects.get(cooperation=story.cooperation)
    words = case.get_latest_revision_as_object()
    assert not case.live
    assert {str(name) for name in words.names.all()} == {"Entraide du Parc", "Les Jardins partagés"}
    assert [one.words for one in words.findings.all()] == ["Le soir, personne."]
    assert sign_in(bruno).get(case.get_absolute_url()).status_code == 200
    assert sign_in(hugo).get(case.get_absolute_url()).status_code == 404
    assert sign_in(fatou).get(case.get_absolute_url()).status_code == 404


def test_told_again_it_brings_the_newer_words_until_editors_write(story, amina, gael, now):
    case = actions.tell_cooperation(story, actor=amina, at=now)
    story.context = "Une cour et un banc."
    story.save()
    assert actions.tell_cooperation(story, actor=amina, at=now).context == "Une cour et un banc."
    assert CaseStudy.objects.filter(cooperation=story.cooperation).count() == 1
    case.get_latest_revision_as_object().save_revision(user=gael)
    with pytest.raises(ValidationError, match="rédaction"):
        actions.tell_cooperation(story, actor=amina, at=now)


def test_we_could_do_this_here(hugo, boxe, ailleurs, sign_in):
    case = case_study(live=True, themes=["youth"], findings=[("lever", "shared", "Une remorque.")])
    sent = {"organisation": boxe.pk, "territories": [ailleurs.slug]}
    sign_in(hugo).post(f"{case.get_absolute_url()}ici-aussi/", sent)
    made = Cooperation.objects.get(title=case.title)
    assert (made.form, made.findings.get().words) == ("pooling", "Une remorque.")
    assert made.partners.get().organisation == boxe


def test_cases_are_found_by_what_they_tell(client, tilleuls):
    one = case_study(live=True, themes=["youth"], findings=[("brake", "time", "Tard.")], territories=[tilleuls])
    other = case_study(live=True, forms=["network"], context="Des ruches.")
    for query, found, left in (
        ("theme=youth", one, other),
        ("form=network", other, one),
        ("frein=time", one, other),
        (f"territoire={tilleuls.slug}", one, other),
        ("q=ruche", other, one),
    ):
        page = client.get(f"/pratiques/?{query}").content.decode()
        assert found.title in page, query
        assert left.title not in page, query
    assert client.get("/pratiques/?theme=inconnu&levier=%00").status_code == 200


def test_neighbouring_cases_say_what_they_share(gael):
    case = case_study(live=True, themes=["youth"], forms=[])
    near = case_study(live=True, themes=["youth"], forms=[])
    case_study(live=True, forms=["voice"])
    assert [(one.pk, len(one.why)) for one in queries.similar_to(case, gael)] == [(near.pk, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, tilleuls, count, django_assert_max_num_queries):
    for _number in range(count):
        case_study(live=True, territories=[tilleuls], findings=[("brake", "time", "Tard.")])
    with django_assert_max_num_queries(12):
        client.get("/pratiques/")


def test_an_editor_of_a_territory_writes_there_alone(tilleuls, ailleurs, gael, now):
    editor = UserFactory()
    actions.appoint_editor(editor, subject="cases", territory=tilleuls, actor=gael, at=now)
    here, there = case_study(territories=[tilleuls]), case_study(territories=[ailleurs])
    assert here.permissions_for_user(editor).can_edit()
    assert not there.permissions_for_user(editor).can_edit()
    assert not GuideChapter.objects.first().permissions_for_user(editor).can_edit()
    assert list(CaseStudy.objects.visible_to(editor).filter(live=False)) == [here]
    with pytest.raises(PermissionDenied):
        actions.ask_assents(there, actor=editor, at=now)
    actions.end_editor(Editor.objects.get(user=editor), actor=gael, at=now)
    editor = type(editor).objects.get(pk=editor.pk)
    assert not here.permissions_for_user(editor).can_edit()


def test_who_works_for_a_public_partner_edits_nothing(fatou, gael, now):
    with pytest.raises(ValidationError, match="partenaire public"):
        actions.appoint_editor(fatou, subject="cases", actor=gael, at=now)
    Editor.objects.create(user=fatou, subject="cases", since=now)
    assert not case_study().permissions_for_user(fatou).can_edit()


def test_moderation_publishes_with_the_last_assent(entraide, amina, gael, now):
    case = case_study(names=[entraide])
    reader = UserFactory()
    actions.appoint_editor(reader, subject="cases", may_publish=True, actor=gael, at=now)
    reader = type(reader).objects.get(pk=reader.pk)
    state = case.get_workflow().start(case, gael)
    assert state.current_task_state.task.specific.get_actions(case, reader)
    state.current_task_state.approve(user=reader)
    assert not CaseStudy.objects.get(pk=case.pk).live
    assent = case.assents.get()
    actions.answer_assent(assent, agrees=True, fingerprint=assent.fingerprint, actor=amina, at=now)
    assert CaseStudy.objects.get(pk=case.pk).live


def test_the_back_office_does_not_publish_without_assent(entraide, gael, sign_in):
    case = case_study(names=[entraide])
    gael.is_superuser = True
    gael.save()
    with lenient_templates():
        page = sign_in(gael).get(f"/gestion/pages/{case.pk}/edit/")
    assert "action-publish" not in page.content.decode()


def test_the_ground_is_laid_once():
    GuideChapter.objects.get(slug="methodes").delete()
    lay_ground()
    assert not GuideChapter.objects.filter(slug="methodes").exists()
    assert Page.objects.filter(slug="empalot-services").count() == 1


def test_a_page_is_kept_and_let_go(chloe, sign_in):
    case, client = case_study(live=True), sign_in(chloe)
    client.post(reverse("editorial:keep", args=[case.pk]), {"keep": "yes"})
    client.post(reverse("editorial:keep", args=[case.pk]), {"keep": "yes"})
    assert case.title in client.get("/espace/a-lire/").content.decode()
    client.post(reverse("editorial:keep", args=[case.pk]), {"keep": "no"})
    assert not SavedPage.objects.exists()


def test_comments_are_read_before_they_are_shown(chloe, gael, client, sign_in):
    closed, opened = news(), news(comments_open=True)
    sign_in(chloe).post(reverse("editorial:comment", args=[closed.pk]), {"text": "Bravo."})
    assert not Comment.objects.exists()
    sign_in(chloe).post(reverse("editorial:comment", args=[opened.pk]), {"text": "<b>Bravo</b> à vous."})
    assert "Bravo" not in client.get(opened.get_absolute_url()).content.decode()
    sign_in(gael).post(reverse("editorial:settle-comment", args=[Comment.objects.get().pk]), {"show": "yes"})
    assert "&lt;b&gt;Bravo" in client.get(opened.get_absolute_url()).content.decode()


def test_what_looks_unwanted_comes_last(chloe, now):
    page = news(comments_open=True)
    said = actions.comment(page, text="Casino http://a http://b http://c", actor=chloe, at=now)
    assert said.looks_like_spam
    assert not actions.comment(page, text="Très utile, merci.", actor=chloe, at=now).looks_like_spam


def test_feeds_tell_what_is_published_alone(client):
    shown, draft = case_study(live=True), case_study(title="Pas encore")
    feed = client.get("/pratiques/flux.xml")
    assert shown.title in feed.content.decode()
    assert draft.title not in feed.content.decode()
    assert client.get("/actualites/flux.xml")["Content-Type"].startswith("application/atom+xml")


def test_news_of_a_territory(client, tilleuls, ailleurs):
    here, there = news(territories=[tilleuls]), news(territories=[ailleurs])
    page = client.get(f"/actualites/?territoire={tilleuls.slug}").content.decode()
    assert here.title in page
    assert there.title not in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "non supporté"),
        ("grande.jpg", b"\xff\xd8\xff" + b"0" * 50_000_000, "trop"),
        ("fausse.jpg", b"<script>alert(1)</script>", "valide"),
    ],
)
def test_what_is_not_a_photo_is_refused_with_a_sentence(gael, sign_in, name, content, sentence):
    gael.is_superuser = True
    gael.save()
    sent = {"title": "Une image", "file": SimpleUploadedFile(name, content), "collection": 1}
    with lenient_templates():
        page = sign_in(gael).post("/gestion/images/add/", sent)
    assert page.status_code == 200
    words = page.content.decode()
    assert "error" in words
    assert sentence in words
    assert not get_image_model().objects.exists()


def test_rich_text_lets_nothing_pass_but_words():
    hostile = '<p>A<img src=x onerror="alert(1)"><script>alert(1)</script> <a href="javascript:alert(1)">b</a></p>'
    hostile += "<iframe></iframe>"
    told = str(of_rich(hostile))
    for bad in ("script", "onerror", "alert", "iframe"):
        assert bad not in told
    assert of_rich("") == []


def test_a_plain_text_becomes_paragraphs_and_lists():
    kinds = [block["kind"] for block in of_plain("Un.\n\n- deux\n- trois\n\nQuatre.")]
    assert kinds == ["text", "list", "text"]


def test_what_waits_and_what_is_new(entraide, tilleuls, amina, fatou, gael, now):
    case = case_study(names=[entraide], territories=[tilleuls])
    agree_to_all(case, state="asked")
    assert [line.title for line in queries.waiting_for(amina, today=now.date())] == [case.title]
    assert queries.waiting_for(fatou, today=now.date()) == []
    published = case_study(live=True, territories=[tilleuls])
    since = now.replace(year=now.year - 1)
    until = now.replace(year=now.year + 1)
    assert published.title in [line.title for line in queries.news_for(amina, since=since, until=until)]
    assert case.title not in [line.title for line in queries.news_for(fatou, since=since, until=until)]
    agree_to_all(case, state="refused")
    assert "refuse" in " ".join(line.what for line in queries.waiting_for(gael, today=now.date()))


@pytest.mark.parametrize("make", [case_study, news, lambda: GuideChapter.objects.first()])
def test_the_preview_shows_the_words_and_checks_their_accessibility(make, gael, sign_in):
    page = make()
    gael.is_superuser = True
    gael.save()
    with lenient_templates():
        shown = sign_in(gael).get(f"/gestion/pages/{page.pk}/view_draft/")
    assert page.title in shown.content.decode()
    assert "userbar.js" in shown.content.decode()
