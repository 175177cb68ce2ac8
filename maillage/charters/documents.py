"""The charter and its certificates as PDF/UA-1, by Typst."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf, qr_svg

from .models import Article, RegisterEntry, Signature
from .seal import seal

PLURALS = {
    Article.Kind.PREAMBLE: _("Préambule"),
    Article.Kind.VALUE: _("Nos valeurs"),
    Article.Kind.PRINCIPLE: _("Nos principes"),
    Article.Kind.COMMITMENT: _("Nos engagements"),
    Article.Kind.IMPLEMENTATION: _("Mise en œuvre"),
}
TEMPLATE = Path(__file__).parent / "typst" / "charter.typ"
SHEET = TEMPLATE.with_name("sheet.typ")


def charter_pdf(version):
    """The text of ``version`` as PDF/UA-1 (bytes), unsealed: a text anyone may print."""
    return compile_pdf(TEMPLATE, _document(version))


def certificate_pdf(signature):
    """The certificate of a standing ``signature``, its text annexed: PDF/UA-1, sealed (bytes).

    The register's head at this moment is printed on it: whoever holds it can prove later what the register was.
    """
    document = _document(signature.version)
    document["certificate"] = certificate = _certificate(signature)
    document["title"] = gettext("Attestation de signature : %(organisation)s") % {
        "organisation": signature.organisation_name
    }
    document["subtitle"] = str(signature.version)
    document["keywords"] = [f"token={signature.token}", f"head={certificate['head']}"]
    return seal(compile_pdf(TEMPLATE, document))


def certificate_attachment(token):
    """(file name, bytes, media type) of the certificate, for the outbox."""
    signature = Signature.objects.select_related("version__adaptation", "organisation", "mandate").get(token=token)
    return certificate_name(signature), certificate_pdf(signature), "application/pdf"


def certificate_name(signature):
    return f"attestation-{signature.organisation.slug}.pdf"


SHEET_LINES = 9


def sheet_pdf(version):
    """The sheet that organisations sign on paper at a meeting: PDF/UA-1 (bytes), with a QR code to the text."""
    address = settings.SITE_ADDRESS + version.get_absolute_url()
    columns = [gettext("Association"), gettext("Numéro, s’il existe"), gettext("Prénom et nom"), gettext("Fonction")]
    columns += [gettext("Mandat : décision du"), gettext("E-mail (facultatif)"), gettext("Signature")]
    return compile_pdf(
        SHEET,
        {
            "title": gettext("Signer : %(title)s") % {"title": version.title},
            "subtitle": gettext("Version %(number)s, %(stage)s") % {"number": version.number, "stage": version.stage},
            "author": settings.SITE_NAME,
            "description": gettext("Feuille de signature à une rencontre"),
            "keywords": [f"sha256={version.sha256}"],
            "lang": (get_language() or "fr")[:2],
            "notice": _notice(version),
            "declaration": gettext(
                "En signant, chaque personne déclare que son association l’a chargée de signer en son nom. Les noms,"
                " les adresses et cette feuille ne sont jamais publiés ; l’association peut se retirer à tout moment."
            ),
            "place": gettext("Rencontre, lieu, date :"),
            "columns": columns,
            "lines": SHEET_LINES,
            "qr": qr_svg(address),
            "qr_alt": gettext("Code QR qui mène au texte à signer"),
            "address": address,
        },
    )


def _document(version):
    address = settings.SITE_ADDRESS + version.get_absolute_url()
    return {
        "title": str(version.title),
        "subtitle": gettext("Version %(number)s, %(stage)s") % {"number": version.number, "stage": version.stage},
        "author": settings.SITE_NAME,
        "description": gettext("Charte de coopération entre associations"),
        "keywords": [f"sha256={version.sha256}"],
        "lang": (get_language() or "fr")[:2],
        "notice": _notice(version),
        "footer": f"{version} · {address}",
        "certificate": None,
        "sections": _sections(version),
    }


def _notice(version):
    if not version.is_working_text:
        return gettext("Source : %(source)s") % {"source": version.source}
    return gettext(
        "Texte de travail, rédigé pour faire vivre la plateforme : ce n’est pas la charte officielle du Mouvement"
        " associatif."
    )


def _sections(version):
    sections = []
    for article in version.articles.order_by("position", "key"):
        heading = str(PLURALS[article.kind])
        if not sections or sections[-1]["heading"] != heading:
            sections.append({"heading": heading, "articles": []})
        sections[-1]["articles"].append(
            {
                "title": article.title,
                "mark": article.get_treatment_display().capitalize() if article.treatment else "",
                "text": article.text if article.treatment != Article.Treatment.LEFT_OUT else "",
                "reason": gettext("Pourquoi : %(reason)s") % {"reason": article.reason} if article.reason else "",
            }
        )
    return sections


def _certificate(signature):
    address = settings.SITE_ADDRESS + reverse("charters:verify-signature", args=[signature.token])
    head = RegisterEntry.objects.order_by("-sequence").first()
    return {
        "heading": gettext("Signature"),
        "organisation": signature.organisation_name,
        "facts": _certificate_facts(signature),
        "qr": qr_svg(address),
        "qr_alt": gettext("Code QR qui mène à la page de vérification de cette signature"),
        "how_to_verify": gettext("Vérifier cette signature : "),
        "address": address,
        "head_label": gettext("Dernière empreinte du registre (entrée %(sequence)s)")
        % {"sequence": head.sequence if head else 0},
        "head": head.hash if head else "",
        "text_label": gettext("Empreinte SHA-256 du texte signé"),
        "sha256": signature.version.sha256,
    }


def _certificate_facts(signature):
    day = date_format(timezone.localtime(signature.signed_at), "j F Y, H:i")
    signatory = ", ".join(filter(None, (signature.signatory_name, signature.signatory_function)))
    mandate = gettext("confirmé") if signature.has_confirmed_mandate else gettext("déclaré, à confirmer")
    rows = [
        (gettext("a signé"), str(signature.version)),
        (gettext("le"), day),
        (gettext("par"), signatory),
        (gettext("mandat"), mandate),
    ]
    organisation = signature.organisation
    rows += [
        (label, number) for label, number in (("RNA", organisation.rna), ("SIRET", organisation.siret)) if number
    ]
    return [row for row in rows if row[1]]
