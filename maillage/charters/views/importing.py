"""Importing a text: a file, a preview to read and correct, then the draft is filled."""

import hashlib
import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms.importing import ImportedArticlesFormSet, ImportFileForm, ImportOptionsForm
from ..models import Article, CharterVersion
from ..permissions import can_edit_national_text
from ..queries import import_matches
from .drafting import desk_of, draft_or_403
from .texts import current_national


def _draft(request, slug):
    """The draft to fill; None where the import would start the next national version."""
    if slug is None:
        if not can_edit_national_text(request.user):
            raise PermissionDenied
        if not CharterVersion.objects.national().drafts().exists():
            return None
    return draft_or_403(request, slug)


def _addresses(version):
    if version is not None and version.adaptation_id:
        slug = version.adaptation.slug
        return {
            "desk": desk_of(version),
            "upload": reverse("charters:workshop-import", args=[slug]),
            "confirm": reverse("charters:workshop-import-confirm", args=[slug]),
        }
    return {
        "desk": reverse("charters:national-draft"),
        "upload": reverse("charters:national-import"),
        "confirm": reverse("charters:national-import-confirm"),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, slug=None):
    """Choose a file; what was read in it comes back as a page of forms, and nothing is kept here."""
    version = _draft(request, slug)
    form = ImportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _first_preview(request, version, form.cleaned_data["imported"])
    context = {"form": form, "version": version, "addresses": _addresses(version)}
    return render(request, "charters/import_file.html", context)


def _first_preview(request, version, imported):
    current = current_national()
    articles = [{"kind": a.kind, "title": a.title, "text": a.text} for a in imported.articles]
    formset = ImportedArticlesFormSet(initial=articles, prefix="article")
    found = import_matches(version, [article["title"] for article in articles])
    for form, match in zip(formset.forms, found, strict=True):
        form.initial["reason"] = match.own.reason if match.own else ""
    options = ImportOptionsForm(
        version=version,
        initial={
            "version_title": imported.title or (current.title if current else ""),
            "document_title": imported.title,
            "warnings": imported.warnings,
            "plan": _plan(version, found),
        },
    )
    return _preview(request, version, options, formset)


@login_required
@require_POST
def confirm(request, slug=None):
    """Fill the draft as the page announced; where titles or the draft changed since, announce it again first."""
    version = _draft(request, slug)
    options = ImportOptionsForm(request.POST, version=version)
    formset = ImportedArticlesFormSet(request.POST, prefix="article")
    if not formset.management_form.is_valid():
        messages.error(request, gettext("L’aperçu n’est pas arrivé entier : choisissez de nouveau votre fichier."))
        return redirect(_addresses(version)["upload"])
    is_valid = all([options.is_valid(), formset.is_valid()])
    found = import_matches(version, [form["title"].value() or "" for form in formset.kept])
    is_valid = _every_reason_is_given(options, formset, found) and is_valid
    plan = _plan(version, found)
    is_announced = options["plan"].value() == plan
    if is_valid and is_announced:
        imported = _import(request, version, options, formset)
        if imported:
            return redirect(desk_of(imported))
    options.data = options.data.copy()
    options.data["plan"] = plan
    return _preview(request, version, options, formset, has_changed=is_valid and not is_announced)


def _plan(version, found):
    """The mark of what an import would change: the articles that it meets, and the draft as it stands."""
    own = list(version.articles.values_list("key", "title", "text", "treatment")) if version else []
    content = json.dumps([version.pk if version else None, sorted(match.key for match in found if match.key), own])
    return hashlib.sha256(content.encode()).hexdigest()


def _every_reason_is_given(options, formset, found):
    if not options.fields.get("reason") or options["reason"].value():
        return True
    missing = [
        form
        for form, match in zip(formset.kept, found, strict=True)
        if match.needs_reason(form["title"].value() or "", form["text"].value() or "")
        and not (form["reason"].value() or "").strip()
    ]
    for form in missing:
        form.add_error("reason", gettext("Dites pourquoi cet article est adapté, ici ou en haut pour tous."))
    return not missing


def _import(request, version, options, formset):
    """The filled draft, or None with the refusal shown above the options."""
    chosen = options.cleaned_data
    articles = [
        {
            "kind": form.cleaned_data["kind"],
            "title": form.cleaned_data["title"],
            "text": form.cleaned_data["text"],
            "reason": form.cleaned_data["reason"] or chosen.get("reason", ""),
            "source": chosen["source"],
        }
        for form in formset.kept
    ]
    try:
        if version is None:
            filled = actions.start_from_file(
                title=chosen["version_title"], articles=articles, actor=request.user, at=timezone.now()
            )
        else:
            replace = chosen.get("mode") == ImportOptionsForm.REPLACE
            filled = actions.import_articles(
                version, articles=articles, replace=replace, actor=request.user, at=timezone.now()
            )
    except ValidationError as refusal:
        options.add_error(None, " ".join(refusal.messages))
        return None
    done = ngettext("%(number)s article est importé.", "%(number)s articles sont importés.", len(articles))
    messages.success(request, done % {"number": len(articles)})
    return filled


def _preview(request, version, options, formset, *, has_changed=False):
    found = import_matches(version, [form["title"].value() or "" for form in formset.kept])
    by_form = dict(zip((form.prefix for form in formset.kept), found, strict=True))
    is_adaptation = version is not None and version.adaptation_id is not None
    met = {match.own.pk for match in found if match.own}
    own = list(version.articles.all()) if version else []
    context = {
        "version": version,
        "is_adaptation": is_adaptation,
        "addresses": _addresses(version),
        "options": options,
        "formset": formset,
        "rows": [(form, *_fate(form, by_form.get(form.prefix), is_adaptation)) for form in formset.forms],
        "others": [article for article in own if article.pk not in met],
        "can_replace": "mode" in options.fields,
        "has_changed": has_changed,
        "errors": sum(len(errors) for errors in [options.errors, *formset.errors]) if formset.is_bound else 0,
    }
    return render(request, "charters/import_preview.html", context)


def _fate(form, match, is_adaptation):
    """(sentence, asks_why): what becomes of this article of the file."""
    if match is None:
        return gettext("Laissé dans le fichier."), False
    if not match.key:
        return gettext("Nouvel article."), False
    known = match.own or match.parent
    if is_adaptation and match.needs_reason(form["title"].value() or "", form["text"].value() or ""):
        return gettext("Adapte l’article « %(title)s » du texte national.") % {"title": match.parent.title}, True
    if is_adaptation and known.treatment != Article.Treatment.ADDED:
        return gettext("Les mêmes mots que l’article « %(title)s » : il est repris.") % {"title": known.title}, False
    if match.own is None:
        return gettext("Suit l’article « %(title)s » de la version en vigueur.") % {"title": known.title}, False
    return gettext("Prend la place des mots de l’article « %(title)s » du projet.") % {"title": known.title}, False
