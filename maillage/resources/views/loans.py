"""Borrowing and lending: asking, one page a loan with its next gesture, the sheet to sign."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.ui.forms import add_refusal
from maillage.ui.pdf import pdf_response

from .. import actions, permissions, queries
from ..documents import loan_sheet
from ..forms.loans import AskForm, CloseLoanForm, HandOutForm, TakeBackForm, WordsForm
from ..models import Loan
from .resources import visible_or_404

State = Loan.State
GESTURES = ("accept", "refuse", "hand_out", "take_back", "incident", "close", "cancel")


def _loan_or_404(request, uuid):
    loans = Loan.objects.visible_to(request.user)
    return get_object_or_404(loans.select_related("resource__owner", "borrower", "cancelled_for"), uuid=uuid)


def _day_asked(request):
    try:
        return parse_date(request.GET.get("jour", ""))
    except ValueError:
        return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, uuid):
    found = visible_or_404(request, uuid)
    borrowers = permissions.borrowers_for(request.user, found)
    if not borrowers:
        raise PermissionDenied(gettext("Cette ressource n’est pas proposée à votre association."))
    day = _day_asked(request)
    form = AskForm(
        request.POST or None,
        borrowers=borrowers,
        resource=found,
        initial={"starts_on": day, "ends_on": day} if day else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_loan(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            _refuse_times(form, refusal)
        else:
            told = (
                gettext("C’est noté : ces heures sont à vous.")
                if made.is_own_use
                else gettext("La demande est envoyée. Vous recevrez la réponse par e-mail.")
            )
            messages.success(request, told)
            return redirect(made)
    return render(request, "resources/ask.html", {"form": form, "resource": found, "slots": found.slots.all()})


def _refuse_times(form, refusal):
    """A moment is typed as a day and an hour: what is wrong with it is told beside the day."""
    if hasattr(refusal, "error_dict"):
        for side in ("starts", "ends"):
            if f"{side}_at" in refusal.error_dict:
                refusal.error_dict[f"{side}_on"] = refusal.error_dict.pop(f"{side}_at")
    add_refusal(form, refusal)


@login_required
@require_safe
def loan_list(request):
    lent, borrowed = queries.loans_of(request.user)
    return render(request, "resources/loan_list.html", {"lent": lent, "borrowed": borrowed})


@login_required
@require_safe
def loan(request, uuid):
    return _loan_page(request, _loan_or_404(request, uuid))


def _loan_page(request, found, **forms):
    """One page a loan: where it is, what was said, and what this person can do now."""
    lends, borrows = permissions.is_lender(request.user, found), permissions.is_borrower(request.user, found)
    state, gestures = found.state, dict.fromkeys(GESTURES)
    if lends and state == State.ASKED:
        gestures["accept"] = WordsForm(label=_("Un mot avec votre oui (facultatif)"), required=False)
        gestures["refuse"] = WordsForm(label=_("Pourquoi ?"))
    if lends and state == State.ACCEPTED and not found.is_own_use:
        gestures["hand_out"] = HandOutForm(loan=found)
    if lends and state == State.OUT:
        gestures["take_back"] = TakeBackForm(loan=found)
    if state in (State.OUT, State.BACK) and not (lends and state == State.OUT):
        gestures["incident"] = WordsForm(label=_("Que s’est-il passé ?"))
    if lends and state == State.BACK:
        gestures["close"] = CloseLoanForm(loan=found)
    if state in (State.ASKED, State.ACCEPTED) and not (lends and state == State.ASKED):
        gestures["cancel"] = WordsForm(label=_("Pourquoi ?"))
    context = {
        "loan": found,
        "lends": lends,
        "borrows": borrows,
        "gestures": {**gestures, **forms},
        "is_late": found.is_overdue(timezone.now()),
        "when": queries.when_words(found),
        "still_free": state != State.ASKED or queries.still_free(request.user, found),
    }
    return render(request, "resources/loan.html", context)


def _gesture(request, uuid, name, form_of, action, told):
    """A gesture on a loan: its form, one action, and back to its page, or the same page with the refusal."""
    found = _loan_or_404(request, uuid)
    form = form_of(found)
    if form.is_valid():
        try:
            action(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, told)
            return redirect(found)
    if not permissions.is_lender(request.user, found) and name not in ("cancel", "incident"):
        raise PermissionDenied
    found.refresh_from_db()
    return _loan_page(request, found, **{name: form})


def _words(request, label, *, required=True):
    return lambda loan: WordsForm(request.POST, label=label, required=required)


@login_required
@require_POST
def accept(request, uuid):
    form_of = _words(request, _("Un mot avec votre oui (facultatif)"), required=False)
    told = gettext("C’est promis. L’autre association est prévenue.")
    return _gesture(request, uuid, "accept", form_of, actions.accept_loan, told)


@login_required
@require_POST
def refuse(request, uuid):
    told = gettext("La réponse est envoyée, avec vos mots.")
    return _gesture(request, uuid, "refuse", _words(request, _("Pourquoi ?")), actions.refuse_loan, told)


@login_required
@require_POST
def cancel(request, uuid):
    told = gettext("C’est annulé. L’autre association est prévenue.")
    return _gesture(request, uuid, "cancel", _words(request, _("Pourquoi ?")), actions.cancel_loan, told)


@login_required
@require_POST
def hand_out(request, uuid):
    told = gettext("C’est remis. Bon usage.")
    return _gesture(
        request, uuid, "hand_out", lambda loan: HandOutForm(request.POST, loan=loan), actions.hand_out, told
    )


@login_required
@require_POST
def take_back(request, uuid):
    told = gettext("Le retour est noté. Merci.")
    return _gesture(
        request, uuid, "take_back", lambda loan: TakeBackForm(request.POST, loan=loan), actions.take_back, told
    )


@login_required
@require_POST
def note_incident(request, uuid):
    told = gettext("C’est noté. L’autre association est prévenue.")
    form_of = _words(request, _("Que s’est-il passé ?"))
    return _gesture(request, uuid, "incident", form_of, actions.note_incident, told)


@login_required
@require_POST
def close(request, uuid):
    told = gettext("Le prêt est clos.")
    return _gesture(
        request, uuid, "close", lambda loan: CloseLoanForm(request.POST, loan=loan), actions.close_loan, told
    )


@login_required
@never_cache
@require_safe
def sheet(request, uuid):
    """The agreement of the loan, to print and sign."""
    found = _loan_or_404(request, uuid)
    return pdf_response(loan_sheet(found), f"pret-{timezone.localdate(found.starts_at)}.pdf")
