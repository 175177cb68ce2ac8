"""Everything about one organisation, for those who manage it. Read through the same wall as the pages."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from maillage.charters.documents import certificate_pdf, charter_pdf
from maillage.charters.models import Remark, Signature, TerritorialAdaptation
from maillage.organisations.models import Mandate, Membership, Organisation

from .archive import Archive, one_line_each
from .together import of_organisation

MOST_PDFS = 20
"""Each takes a fraction of a second to compose: beyond, their addresses are given."""


def organisation_archive(organisation, *, reader, at):
    """What is kept of ``organisation``, as ``reader``, who manages it, may see it; a zip."""
    archive = Archive(at=at)
    archive.add_json("organisation.json", _profile(organisation), gettext("la fiche"))
    archive.add("organisation.csv", one_line_each(_profile(organisation)), gettext("la fiche, pour un tableur"))
    archive.add_table("offres-et-recherches", _exchanges(organisation), gettext("ce qu’elle propose et cherche"))
    archive.add_table("personnes", _people(organisation, reader), gettext("les personnes qui la représentent"))
    archive.add_table("mandats", _mandates(organisation, reader), gettext("qui peut signer en son nom"))
    signatures = list(_signatures(organisation, reader))
    archive.add_table("signatures", map(_signature, signatures), gettext("les textes qu’elle a signés"))
    archive.add_json("remarques.json", _remarks(organisation, reader), gettext("les remarques qu’elle a faites"))
    archive.add_json("adaptations.json", _adaptations(organisation, reader), gettext("les adaptations qu’elle porte"))
    for name, rows in of_organisation(organisation, reader):
        archive.add_json(name, rows, gettext("ce qu’elle fait avec d’autres"))
    archive.add_json("journal.json", _journal(organisation), gettext("ce qui a été fait de sa fiche, sans nom"))
    _add_pdfs(archive, signatures)
    return archive.finish(
        title=gettext("Ce que Maillage garde de %(name)s") % {"name": organisation.name},
        introduction=gettext(
            "Ce dossier contient les noms des personnes qui représentent l’organisation : gardez-le entre vous."
        ),
    )


PROFILE = {
    "name": "nom",
    "acronym": "sigle",
    "kind": "nature",
    "legal_regime": "statut",
    "rna": "rna",
    "siren": "siren",
    "siret": "siret",
    "purpose": "ce_qu_elle_fait",
    "employer": "emploi",
    "website": "site",
    "publics": "pour_qui",
    "languages": "langues",
    "opening_hours": "quand_venir",
    "address": "adresse",
    "accessibility": "acces",
    "contact_function": "contact",
    "contact_email": "adresse_des_messages",
    "seeks_partners": "cherche_des_partenaires",
    "is_suggestible": "peut_etre_proposee",
    "created_at": "creee_le",
    "claimed_at": "reconnue_le",
    "confirmed_at": "confirmee_le",
    "refreshed_at": "relue_le",
    "archived_at": "archivee_le",
}
"""Field → what the file calls it: names of files and keys are French in every language, programs rely on them."""


def _profile(organisation):
    return {
        "identifiant": str(organisation.uuid),
        **{name: getattr(organisation, field) for field, name in PROFILE.items()},
        "siege": organisation.seat.name if organisation.seat else None,
        "territoires": [
            {"code": territory.code, "nom": territory.name, "millesime": territory.vintage}
            for territory in organisation.territories.order_by("kind", "search_name")
        ],
        "themes": [row.theme for row in organisation.themes.all()],
        "reseaux": [
            {"nom": row.network.name, "depuis": row.since, "jusqu_au": row.until}
            for row in organisation.network_memberships.select_related("network").order_by("since")
        ],
    }


def _exchanges(organisation):
    for row in organisation.exchanges.all():
        yield {"sens": row.side, "quoi": row.kind, "en_clair": str(row), "precisions": row.words}


def _people(organisation, reader):
    people = Membership.objects.visible_to(reader).standing().filter(organisation=organisation)
    for membership in people.select_related("user").order_by("since", "pk"):
        yield {"nom": str(membership.user), "role": membership.role, "depuis": membership.since}


def _mandates(organisation, reader):
    mandates = Mandate.objects.visible_to(reader).filter(organisation=organisation, ended_at=None)
    for mandate in mandates.select_related("user").order_by("declared_at"):
        yield {
            "nom": str(mandate.user),
            "fonction": mandate.function,
            "decide_le": mandate.decided_on,
            "declare_le": mandate.declared_at,
            "confirme_le": mandate.confirmed_at,
        }


def _signatures(organisation, reader):
    return (
        Signature.objects.visible_to(reader)
        .filter(organisation=organisation)
        .select_related("version__adaptation", "organisation", "mandate")
        .order_by("signed_at")
    )


def _signature(signature):
    return {
        "texte": str(signature.version),
        "reference": signature.version.reference,
        "empreinte": signature.version.sha256,
        "signee_le": signature.signed_at,
        "par": gettext("personne oubliée") if signature.is_signatory_forgotten else signature.signatory_name,
        "fonction": signature.signatory_function,
        "mandat_confirme": signature.has_confirmed_mandate,
        "canal": signature.channel,
        "affichee": signature.is_listed,
        "envie_d_agir": signature.involvement,
        "retiree_le": signature.withdrawn_at,
        "raison_du_retrait": signature.withdrawal_reason,
        "verifier": settings.SITE_ADDRESS + signature.get_absolute_url(),
    }


def _remarks(organisation, reader):
    remarks = Remark.objects.visible_to(reader).filter(organisation=organisation)
    for remark in remarks.select_related("version__adaptation").order_by("made_at"):
        yield {
            "texte": str(remark.version),
            "article": remark.article_key,
            "remarque": remark.text,
            "faite_le": remark.made_at,
            "repondue_le": remark.answered_at,
        }


def _adaptations(organisation, reader):
    adaptations = TerritorialAdaptation.objects.visible_to(reader).filter(promoters=organisation)
    for adaptation in adaptations.order_by("created_at"):
        yield {
            "nom": adaptation.name,
            "ouverte_le": adaptation.created_at,
            "adresse": settings.SITE_ADDRESS + adaptation.get_absolute_url(),
        }


def _journal(organisation):
    labels = dict(registry.get_choices())
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Organisation), object_id=str(organisation.pk)
    ).order_by("-timestamp")
    for moment, action in entries.values_list("timestamp", "action").iterator(chunk_size=500):
        yield {"quand": moment, "action": action, "en_clair": str(labels.get(action, action))}


def _add_pdfs(archive, signatures):
    """Each text once, each certificate of a standing signature; beyond `MOST_PDFS`, their addresses."""
    versions = {signature.version_id: signature.version for signature in signatures}
    wanted = [
        (f"textes/{_file(version)}.pdf", charter_pdf, version, gettext("le texte signé"))
        for version in versions.values()
    ]
    wanted += [
        (
            f"attestations/{_file(signature.version)}-{signature.token[:8]}.pdf",
            certificate_pdf,
            signature,
            gettext("l’attestation, scellée"),
        )
        for signature in signatures
        if signature.is_standing
    ]
    for name, compose, of, about in wanted[:MOST_PDFS]:
        archive.add(name, compose(of), about)
    if len(wanted) > MOST_PDFS:
        missing = "\n".join(
            settings.SITE_ADDRESS + of.get_absolute_url() for _name, _make, of, _about in wanted[MOST_PDFS:]
        )
        archive.note(gettext("D’autres PDF sont à télécharger un par un :") + "\n" + missing)


def _file(version):
    return version.reference.replace("/", "-")
