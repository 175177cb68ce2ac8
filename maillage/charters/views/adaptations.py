"""Territorial adaptations: reading them, opening one, writing it with others, adopting it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.organisations.queries import associations_of
from maillage.territories.models import Territory
from maillage.ui.forms import add_refusal
from maillage.ui.page_cache import kept_for_visitors
from maillage.ui.pdf import pdf_response

from .. import actions
from ..differences import beside_parent
from ..documents import charter_pdf
from ..forms.texts import AdoptForm, AnswerForm, OpenAdaptationForm, OpenToRemarksForm, RemarkForm
from ..models import Article, CharterVersion, Remark, Signature, TerritorialAdaptation
from ..permissions import can_join, can_promote, can_remark
from .texts import current_national


def visible_version(request, slug):
    """The version of the adaptation ``slug`` to show this person.

    The one that `?version=` names, if they may see it; else the one in force, the adopted one, the open draft.
    """
    versions = (
        CharterVersion.objects.visible_to(request.user)
        .filter(adaptation__slug=slug)
        .select_related("adaptation", "based_on")
        .with_signature_count()
    )
    wanted = request.GET.get("version", "")
    if wanted:
        version = versions.filter(number=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 5 else None
    else:
        current = versions.current()
        version = current.in_force().first() or current.newest_first().first() or versions.drafts().first()
    if version is None:
        raise Http404
    return version


@require_safe
@kept_for_visitors()
def adaptation_list(request):
    versions = (
        CharterVersion.objects.visible_to(request.user)
        .exclude(adaptation=None)
        .filter(superseded_at=None)
        .select_related("adaptation", "based_on")
        .prefetch_related(Prefetch("adaptation__territories", Territory.objects.select_related("departement")))
        .with_signature_count()
        .order_by("adaptation__name", "number")
    )
    today = timezone.localdate()
    context = {
        "versions": [(version, version.adaptation.life(version, today)) for version in versions],
        "ideas": TerritorialAdaptation.objects.visible_to(request.user).ideas().prefetch_related("territories")
        if reader_of(request.user).space_territory_ids
        else [],
        "can_open": bool(reader_of(request.user).space_territory_ids),
        "national": current_national(),
    }
    return render(request, "charters/adaptation_list.html", context)


@require_safe
@kept_for_visitors(version=r"\d{1,4}")
def adaptation(request, slug):
    idea = TerritorialAdaptation.objects.visible_to(request.user).filter(versions=None, slug=slug).first()
    if idea:
        return _show_idea(request, idea)
    version = visible_version(request, slug)
    articles = list(version.articles.all())
    organisations = _may_remark_for(request.user, version)
    context = {
        "version": version,
        "adaptation": version.adaptation,
        "articles_beside_parent": beside_parent(articles, version.based_on),
        "counts": _counts(articles),
        "territories": version.adaptation.territories.all(),
        "promoters": version.adaptation.promoters.all(),
        "can_promote": can_promote(request.user, version.adaptation),
        "has_draft": version.adaptation.versions.drafts().exists(),
        "others": CharterVersion.objects.visible_to(request.user)
        .filter(adaptation=version.adaptation)
        .exclude(pk=version.pk)
        .with_signature_count()
        .newest_first(),
        "remarks": _remarks(request.user, version),
        "remark_form": RemarkForm(organisations=organisations, articles=articles) if organisations else None,
        "life": version.adaptation.life(version, timezone.localdate()),
        "events": version.adaptation.events.visible_to(request.user).select_related("organisation")
        if version.is_published
        else [],
        "may_join": [] if version.is_published else _may_join(request.user, version.adaptation),
        "dormant_count": version.signatures.dormant().count(),
        "earlier_count": Signature.objects.behind().filter(version__adaptation=version.adaptation).count()
        if version.is_open_for_signature
        else 0,
        "unconfirmed": version.signatures.standing().filter(mandate__confirmed_at=None).count(),
    }
    return render(request, "charters/adaptation.html", context)


def _show_idea(request, adaptation):
    """The page of an adaptation that nobody has started to write."""
    context = {
        "adaptation": adaptation,
        "events": adaptation.events.visible_to(request.user).select_related("organisation"),
        "promoters": adaptation.promoters.order_by("search_name"),
        "territories": adaptation.territories.all(),
        "life": adaptation.life(None, timezone.localdate()),
        "may_join": _may_join(request.user, adaptation),
        "can_promote": can_promote(request.user, adaptation),
    }
    return render(request, "charters/adaptation_idea.html", context)


def _may_join(user, adaptation):
    """The organisations of ``user`` that act here and do not carry the adaptation yet."""
    carrying = {promoter.pk for promoter in adaptation.promoters.all()}
    others = [organisation for organisation in mine(user) if organisation.pk not in carrying]
    return [organisation for organisation in others if can_join(user, adaptation, organisation)]


def mine(user):
    """`associations_of`, each with its territories."""
    return associations_of(user).prefetch_related("territories")


def _counts(articles):
    counts = dict.fromkeys(Article.Treatment, 0)
    for article in articles:
        counts[article.treatment] += 1
    return [(treatment, Article.Treatment(treatment).label, number) for treatment, number in counts.items()]


def _remarks(user, version):
    title = Article.objects.filter(version=OuterRef("version"), key=OuterRef("article_key")).values("title")
    return (
        Remark.objects.visible_to(user)
        .filter(version=version)
        .annotate(article_title=Subquery(title[:1]))
        .select_related("organisation")
        .order_by("made_at")
    )


def _may_remark_for(user, version):
    """The organisations in whose name this person may make a remark, as a queryset."""
    if not version.is_open_to_remarks:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk__in=[org.pk for org in mine(user) if can_remark(user, version, org)])


@require_safe
@kept_for_visitors(version=r"\d{1,4}")
def differences(request, slug):
    """The adaptation beside its parent, article by article."""
    version = visible_version(request, slug)
    articles = list(version.articles.all())
    context = {
        "version": version,
        "adaptation": version.adaptation,
        "parent": version.based_on,
        "articles_beside_parent": beside_parent(articles, version.based_on),
        "counts": _counts(articles),
    }
    return render(request, "charters/adaptation_differences.html", context)


@require_safe
def adaptation_pdf(request, slug):
    version = visible_version(request, slug)
    return pdf_response(charter_pdf(version), f"{version.adaptation.slug}-version-{version.number}.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_adaptation(request):
    """A confirmed association, or a coordinator, opens an adaptation for a territory of theirs."""
    reader = reader_of(request.user)
    national = current_national()
    if not reader.space_territory_ids or national is None:
        raise PermissionDenied
    promoters = (
        Organisation.objects.associations()
        .listed()
        .exclude(confirmed_at=None)
        .filter(territories__in=reader.space_territory_ids)
        .distinct()
    )
    mine = Territory.objects.filter(pk__in=reader.space_territory_ids).priority_neighbourhoods()
    form = OpenAdaptationForm(
        request.POST or None,
        promoters=promoters,
        initial={"territories": [territory.slug for territory in mine], "promoters": reader.association_ids},
    )
    if request.method == "POST" and form.is_valid():
        adaptation = _try(
            form,
            actions.open_adaptation,
            national,
            name=form.cleaned_data["name"],
            territories=form.cleaned_data["territories"],
            promoters=form.cleaned_data["promoters"],
            actor=request.user,
            at=timezone.now(),
        )
        if adaptation:
            messages.success(
                request,
                gettext("L’adaptation est ouverte. Chaque article est repris tel quel pour l’instant."),
            )
            return redirect("charters:workshop", slug=adaptation.slug)
    return render(request, "charters/adaptation_open.html", {"form": form, "national": national})


def _try(form, action, *args, **kwargs):
    """What ``action`` returns, or None with its refusal shown in ``form``."""
    try:
        return action(*args, **kwargs)
    except PermissionDenied:
        form.add_error(None, gettext("Vous ne pouvez le faire que pour un territoire où votre association agit."))
    except ValidationError as refusal:
        add_refusal(form, refusal)
    return None


def promoted_or_403(request, slug):
    """The adaptation ``slug``, if this person may work on it; 404 where they may not even know of it."""
    adaptation = get_object_or_404(TerritorialAdaptation.objects.visible_to(request.user), slug=slug)
    if not can_promote(request.user, adaptation):
        raise PermissionDenied
    return adaptation


@login_required
@require_safe
def workshop(request, slug):
    """Where the promoters write: every article and what becomes of it, the remarks, the next step."""
    adaptation = promoted_or_403(request, slug)
    draft = adaptation.versions.drafts().select_related("based_on").first()
    if draft is None:
        return redirect(adaptation)
    articles = list(draft.articles.all())
    context = {
        "adaptation": adaptation,
        "version": draft,
        "articles": articles,
        "counts": _counts(articles),
        "remarks": _remarks(request.user, draft),
        "pending_changes": draft.national_changes.pending().count(),
        "answer_form": AnswerForm(),
        "open_form": OpenToRemarksForm(initial={"until": draft.remarks_until}),
    }
    return render(request, "charters/workshop.html", context)


@login_required
@require_POST
def open_to_remarks(request, slug):
    adaptation = promoted_or_403(request, slug)
    draft = get_object_or_404(adaptation.versions.drafts())
    form = OpenToRemarksForm(request.POST)
    if form.is_valid() and _try(
        form,
        actions.open_to_remarks,
        draft,
        until=form.cleaned_data["until"],
        actor=request.user,
        at=timezone.now(),
    ):
        messages.success(
            request,
            gettext("Le texte est ouvert aux remarques ; les associations du territoire sont prévenues."),
        )
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("charters:workshop", slug=slug)


@login_required
@require_POST
def make_remark(request, slug):
    version = get_object_or_404(
        CharterVersion.objects.visible_to(request.user).drafts().select_related("adaptation"),
        adaptation__slug=slug,
    )
    organisations = _may_remark_for(request.user, version)
    form = RemarkForm(request.POST, organisations=organisations, articles=version.articles.all())
    if form.is_valid():
        made = _try(form, actions.make_remark, version, author=request.user, at=timezone.now(), **form.cleaned_data)
        if made:
            messages.success(request, gettext("Votre remarque est transmise aux associations promotrices."))
            return redirect(version)
    context = {"form": form, "version": version, "adaptation": version.adaptation}
    return render(request, "charters/remark.html", context, status=409)


@login_required
@require_POST
def answer_remark(request, slug, pk):
    adaptation = promoted_or_403(request, slug)
    remark = get_object_or_404(Remark.objects.visible_to(request.user), pk=pk, version__adaptation=adaptation)
    form = AnswerForm(request.POST)
    if form.is_valid() and _try(
        form,
        actions.answer_remark,
        remark,
        answer=form.cleaned_data["answer"],
        actor=request.user,
        at=timezone.now(),
    ):
        messages.success(request, gettext("La réponse est envoyée."))
        return redirect(f"{reverse('charters:workshop', args=[slug])}#remarque-{remark.pk}")
    return render(
        request,
        "charters/answer.html",
        {"form": form, "remark": remark, "adaptation": adaptation},
        status=409,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request, slug):
    """Enter the decision of the meeting: the text is frozen and open for signature."""
    adaptation = promoted_or_403(request, slug)
    draft = get_object_or_404(adaptation.versions.drafts())
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        adopted = _try(
            form, actions.adopt_adaptation, draft, actor=request.user, at=timezone.now(), **form.cleaned_data
        )
        if adopted:
            messages.success(request, gettext("Le texte est adopté et ouvert à la signature."))
            return redirect(adopted)
    return render(request, "charters/adopt.html", {"form": form, "adaptation": adaptation, "version": draft})


@login_required
@require_POST
def revise(request, slug):
    adaptation = promoted_or_403(request, slug)
    try:
        actions.revise_adaptation(adaptation, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("charters:workshop", slug=slug)
