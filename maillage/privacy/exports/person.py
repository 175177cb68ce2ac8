"""Everything about one person, for them alone. Their own words, never those of others."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from maillage.accounts.actions import addresses_of
from maillage.charters.models import Remark, Signature, SignatureRequest
from maillage.digest.models import DigestPreference
from maillage.drafting.models import Amendment, Comment, Stance
from maillage.editorial.models import Comment as PageComment
from maillage.editorial.models import Editor, SavedPage
from maillage.messaging.models import Message, Refusal

from .archive import Archive
from .together import of_person


def person_archive(user, *, at):
    """What is kept of ``user``, as a zip (a binary file at its beginning)."""
    archive = Archive(at=at)
    archive.add_json("compte.json", _account(user), gettext("votre compte et vos adresses"))
    archive.add_json("organisations.json", _memberships(user), gettext("les organisations que vous représentez"))
    archive.add_json("mandats.json", _mandates(user), gettext("vos mandats et vos fonctions"))
    archive.add_json("roles.json", _roles(user), gettext("vos rôles sur des territoires ou dans des réseaux"))
    archive.add_json("signatures.json", _signatures(user), gettext("les signatures que vous avez données"))
    archive.add_json("demandes.json", _requests(user), gettext("les signatures que vous avez préparées"))
    archive.add_json("remarques.json", _remarks(user), gettext("les remarques que vous avez écrites"))
    archive.add_json(
        "textes-en-groupe.json", _drafted(user), gettext("ce que vous avez dit de textes écrits en groupe")
    )
    for name, rows in of_person(user):
        archive.add_json(name, rows, gettext("ce que vous avez dit ou demandé avec d’autres"))
    archive.add_json(
        "messages.json", _messages(user), gettext("les messages qui vous ont été envoyés, sans leur texte")
    )
    archive.add_json("pages.json", _pages(user), gettext("ce que vous éditez, gardez et commentez"))
    archive.add_json("choix.json", _choices(user), gettext("ce que vous choisissez de recevoir, et quand"))
    archive.add_json("journal.json", _journal(user), gettext("ce que le journal garde de vos actions"))
    elsewhere = (
        Remark.objects.filter(author=user).exclude(pk__in=Remark.objects.visible_to(user).values("pk")).count()
    )
    if elsewhere:
        archive.note(
            gettext(
                "%(count)s de vos remarques sont dans un espace entre associations que vous ne lisez plus :"
                " demandez-les à l’exploitant du site."
            )
            % {"count": elsewhere}
        )
    return archive.finish(
        title=gettext("Ce que Maillage garde de vous"),
        introduction=gettext("Pourquoi, et combien de temps : %(address)s")
        % {"address": f"{settings.SITE_ADDRESS}/confidentialite/"},
    )


def _pages(user):
    """What they edit, keep to read, and said of pages."""
    edited = Editor.objects.filter(user=user).select_related("territory")
    kept = SavedPage.objects.visible_to(user).select_related("page")
    said = PageComment.objects.filter(author=user).select_related("page")
    return {
        "edite": [{"sujet": one.subject, "territoire": str(one.territory or "")} for one in edited],
        "gardees": [{"page": one.page.title, "le": one.saved_at} for one in kept if one.page.live],
        "commentaires": [{"page": one.page.title, "texte": one.text, "le": one.written_at} for one in said],
    }


def _account(user):
    return {
        "identifiant": str(user.uuid),
        "adresse": user.email,
        "autres_adresses": addresses_of(user)[1:],
        "prenom": user.first_name,
        "nom": user.last_name,
        "langue": user.language,
        "compte_cree_le": user.date_joined,
        "derniere_connexion": user.last_login,
        "prevenue_de_l_oubli_le": user.warned_at,
        "exploite_ou_edite_le_site": user.is_staff,
    }


def _memberships(user):
    for membership in user.memberships.select_related("organisation").order_by("since", "pk"):
        yield {
            "organisation": membership.organisation.name,
            "role": membership.role,
            "depuis": membership.since,
            "jusqu_au": membership.until,
        }


def _mandates(user):
    for mandate in user.mandates.select_related("organisation").order_by("declared_at"):
        yield {
            "organisation": mandate.organisation.name,
            "fonction": mandate.function,
            "decide_le": mandate.decided_on,
            "declare_le": mandate.declared_at,
            "confirme_le": mandate.confirmed_at,
            "prend_fin_le": mandate.ends_on,
            "termine_le": mandate.ended_at,
        }


def _roles(user):
    for role in user.territory_roles.select_related("territory").order_by("since"):
        yield {"ou": role.territory.name, "role": role.role, "depuis": role.since, "jusqu_au": role.until}
    for role in user.network_roles.select_related("network").order_by("since"):
        yield {"ou": role.network.name, "role": "network", "depuis": role.since, "jusqu_au": role.until}


def _signatures(user):
    # Not `visible_to`: they signed it, even where the organisation is no longer theirs and is not listed.
    signatures = Signature.objects.filter(signed_by=user).select_related("version__adaptation").order_by("signed_at")
    for signature in signatures:
        yield {
            "organisation": signature.organisation_name,
            "texte": str(signature.version),
            "reference": signature.version.reference,
            "nom": signature.signatory_name,
            "fonction": signature.signatory_function,
            "envie_d_agir": signature.involvement,
            "canal": signature.channel,
            "signee_le": signature.signed_at,
            "retiree_le": signature.withdrawn_at,
            "verifier": settings.SITE_ADDRESS + signature.get_absolute_url(),
        }


def _requests(user):
    theirs = Q()
    for address in addresses_of(user):
        theirs |= Q(email__iexact=address)
    for request in SignatureRequest.objects.filter(theirs).select_related("organisation", "version__adaptation"):
        yield {
            "organisation": request.organisation.name,
            "texte": str(request.version),
            "prenom": request.first_name,
            "nom": request.last_name,
            "fonction": request.function,
            "adresse": request.email,
            "decidee_le": request.decided_on,
            "envie_d_agir": request.involvement,
            "demandee_le": request.requested_at,
            "confirmee_le": request.confirmed_at,
        }


def _remarks(user):
    remarks = (
        Remark.objects.visible_to(user).filter(author=user).select_related("organisation", "version__adaptation")
    )
    for remark in remarks.order_by("made_at"):
        yield {
            "organisation": remark.organisation.name,
            "texte": str(remark.version),
            "article": remark.article_key,
            "remarque": remark.text,
            "faite_le": remark.made_at,
            "repondue_le": remark.answered_at,
        }


def _drafted(user):
    for comment in Comment.objects.visible_to(user).filter(author=user).select_related(*_TEXT, *_VOICE):
        yield {**_said(comment, comment.workshop), "commentaire": comment.text, "dit_le": comment.made_at}
    for one in Amendment.objects.visible_to(user).filter(author=user).select_related(*_TEXT, *_VOICE):
        yield {
            **_said(one, one.workshop),
            "amendement": one.kind,
            "titre": one.title,
            "mots": one.text,
            "raison": one.reason,
            "dit_le": one.proposed_at,
            "devenu": one.state,
        }
    stances = Stance.objects.visible_to(user).filter(said_by=user)
    for stance in stances.select_related("amendment__workshop__version__adaptation", *_VOICE):
        said = _said(stance, stance.amendment.workshop)
        yield {**said, "avis": stance.kind, "mots": stance.words, "dit_le": stance.said_at}


_TEXT, _VOICE = ("workshop__version__adaptation",), ("organisation", "seat")


def _said(row, workshop):
    name = str(row.organisation or row.seat or "")
    return {"texte": str(workshop.version), "article": getattr(row, "article_key", ""), "au_nom_de": name}


def _messages(user):
    to_them = Q()
    for address in addresses_of(user):
        to_them |= Q(recipient__iexact=address)
    for message in Message.objects.filter(to_them).order_by("created_at").iterator(chunk_size=500):
        yield {
            "adresse": message.recipient,
            "objet": message.subject,
            "ecrit_le": message.created_at,
            "parti_le": message.sent_at,
        }


def _choices(user):
    preference = DigestPreference.objects.visible_to(user).first()
    if preference:
        yield {
            "jour_de_la_lettre": preference.get_weekday_display(),
            "derniere_lettre": preference.last_sent_at,
            "deja_dit": preference.told,
        }
    theirs = Q()
    for address in addresses_of(user):
        theirs |= Q(address__iexact=address)
    for refusal in Refusal.objects.filter(theirs).order_by("since"):
        yield {"adresse": refusal.address, "refuse": refusal.category, "depuis": refusal.since}
    for succession in user.successions_proposed.select_related("territory").order_by("proposed_at"):
        yield {"coordination_proposee": succession.territory.name, "le": succession.proposed_at}


def _journal(user):
    # Without titles: they may name somebody else, or quote them.
    labels = dict(registry.get_choices())
    entries = ModelLogEntry.objects.filter(user=user).order_by("-timestamp").values_list("timestamp", "action")
    for moment, action in entries.iterator(chunk_size=500):
        yield {"quand": moment, "action": action, "en_clair": str(labels.get(action, action))}
