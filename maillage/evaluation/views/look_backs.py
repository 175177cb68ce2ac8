"""Looking back, a page at a time: signed in, or by the link of the e-mail."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.charters.links import renewal_link
from maillage.cooperations.models import Brake, Lever, Side
from maillage.ui.forms import add_refusal

from .. import actions
from ..forms import BrakesForm, LastForm, PrincipleForm
from ..links import open_look_back_link
from ..models import CommitmentState, LookBack
from ..permissions import can_answer
from ..queries import signature_to_renew
from ..synthesis import articles_of


def _mine_or_404(request, uuid):
    row = get_object_or_404(
        LookBack.objects.visible_to(request.user).select_related(
            "organisation", "campaign__version__adaptation", "campaign__territory"
        ),
        uuid=uuid,
    )
    if not can_answer(request.user, row):
        raise Http404
    return row


def _of_link_or_404(link):
    """The page of a link exists for a member of that association, as long as they are."""
    opened = open_look_back_link(link)
    if opened is None or not can_answer(opened[1], opened[0]):
        raise Http404
    return opened


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, uuid):
    row = _mine_or_404(request, uuid)
    return _start(request, row, request.user, lambda step: reverse("evaluation:step", args=[row.uuid, step]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request, link):
    """Opening the link changes nothing; its buttons save in the name of whoever received it."""
    row, user = _of_link_or_404(link)
    return _start(request, row, user, lambda step: reverse("evaluation:step-by-link", args=[link, step]), link=link)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request, uuid, step):
    row = _mine_or_404(request, uuid)
    pages = lambda number: reverse("evaluation:step", args=[row.uuid, number])  # noqa: E731
    return _step(request, row, request.user, step, pages, reverse("evaluation:look-back", args=[row.uuid]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step_by_link(request, link, step):
    row, user = _of_link_or_404(link)
    pages = lambda number: reverse("evaluation:step-by-link", args=[link, number])  # noqa: E731
    return _step(request, row, user, step, pages, reverse("evaluation:by-link", args=[link]))


@login_required
@require_safe
def read(request, uuid):
    """A finished look back, for its people; for the coordinator where it was shared."""
    row = get_object_or_404(
        LookBack.objects.visible_to(request.user).select_related("organisation", "campaign__territory"), uuid=uuid
    )
    return render(
        request,
        "evaluation/read.html",
        {
            "look_back": row,
            "campaign": row.campaign,
            "answers": row.answers.select_related("article").order_by("article__position"),
            **_families(row),
        },
    )


def _families(row):
    labels = {Side.BRAKE: dict(Brake.choices), Side.LEVER: dict(Lever.choices)}
    found = [(mention.side, labels[mention.side].get(mention.family, "")) for mention in row.mentions.all()]
    return {
        "brakes": [words for side, words in found if side == Side.BRAKE],
        "levers": [words for side, words in found if side == Side.LEVER],
    }


def _start(request, row, user, pages, *, link=None):
    """The first page, and the last: what is answered, what is not, and the button that says it is finished."""
    refusal, today = None, timezone.localdate()
    if request.method == "POST":
        try:
            row = actions.finish_look_back(row, actor=user, at=timezone.now())
        except ValidationError as error:
            refusal = error
        else:
            return redirect(request.path)
    is_open = row.campaign.is_open(today)
    answered = {answer.article_id: answer for answer in row.answers.all()} if is_open else {}
    lines = [
        (article, answered.get(article.pk), pages(number))
        for number, article in enumerate(articles_of(row.campaign.version), start=1)
    ]
    due = signature_to_renew(row.organisation, row.campaign.version, on=today) if row.finished_at else None
    context = {
        "look_back": row,
        "campaign": row.campaign,
        "is_open": is_open,
        "lines": lines,
        "begun": bool(answered),
        "resume": next((address for _article, answer, address in lines if answer is None), pages(len(lines) + 1)),
        "brakes_page": pages(len(lines) + 1),
        "last_page": pages(len(lines) + 2),
        "refusal": refusal,
        "renewal": _renewal(due, user, link),
    }
    return render(request, "evaluation/look_back.html", context, status=409 if refusal else 200)


def _renewal(signature, user, link):
    if signature is None:
        return ""
    if link:
        return reverse("charters:renew", args=[renewal_link(signature, user)])
    return reverse("charters:renew-mine", args=[signature.token])


def _step(request, row, user, number, pages, home):
    articles = articles_of(row.campaign.version)
    last = len(articles) + 2
    if not 1 <= number <= last:
        raise Http404
    if not row.campaign.is_open(timezone.localdate()):
        return redirect(home)
    article = articles[number - 1] if number <= len(articles) else None
    make = PrincipleForm if article else BrakesForm if number == last - 1 else LastForm
    form = make(request.POST or None, initial=_initial(row, article))
    saved, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            _save(row, article, form.cleaned_data, user)
        except actions.SomebodyWrote as refusal:
            form, saved, status = _with_both(make, request, refusal), _told(refusal.saved, make), 409
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(pages(number + 1) if number < last else home)
    context = {
        "form": form,
        "article": article,
        "look_back": row,
        "campaign": row.campaign,
        "number": number,
        "last": last,
        "previous": pages(number - 1) if number > 1 else home,
        "home": home,
        "saved": saved,
        "is_brakes": make is BrakesForm,
    }
    return render(request, "evaluation/step.html", context, status=status)


def _save(row, article, values, user):
    now = timezone.now()
    if article:
        actions.save_principle(row, article, actor=user, at=now, **values)
    else:
        actions.save_pages(row, actor=user, at=now, **values)


def _initial(row, article):
    if article is None:
        sides = {"brakes": [], "levers": []}
        for mention in row.mentions.all():
            sides[f"{mention.side}s"].append(mention.family)
        names = ("edition", "brakes_words", "levers_words", "change", "need", "is_shared")
        return {name: getattr(row, name) for name in names} | sides
    answer = row.answers.filter(article=article).first()
    if answer:
        return {"state": answer.state, "note": answer.note, "edition": answer.edition}
    noted = (
        CommitmentState.objects.filter(
            organisation=row.organisation,
            year=row.campaign.year,
            article__key=article.key,
            article__version__adaptation=row.campaign.version.adaptation_id,
        )
        .order_by("changed_at")
        .last()
    )
    return {"edition": 0} | ({"state": noted.state, "note": noted.note} if noted else {})


def _with_both(make, request, refusal):
    """The form as it was typed, written from what stands now: sending it again keeps it, knowingly."""
    typed = request.POST.copy()
    typed["edition"] = refusal.saved.edition if refusal.saved else 0
    return make(typed)


def _told(saved, make):
    """(label, what the other person saved) of each field of the page."""
    if saved is None:
        return []
    told = []
    if make is PrincipleForm:
        told = [(PrincipleForm.base_fields["state"].label, saved.get_state_display())]
    elif make is BrakesForm:
        families = _families(saved)
        told = [
            (BrakesForm.base_fields["brakes"].label, ", ".join(map(str, families["brakes"]))),
            (BrakesForm.base_fields["levers"].label, ", ".join(map(str, families["levers"]))),
        ]
    names = [name for name in make.base_fields if name in {"note", "brakes_words", "levers_words", "change", "need"}]
    return told + [(make.base_fields[name].label, getattr(saved, name)) for name in names]
