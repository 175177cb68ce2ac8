"""The long lists of signatures, row by row. Written here: a template took a third of the time of their page."""

from django.utils.html import escape, format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext

from maillage.ui.days import date_format
from maillage.ui.rows import addresses

from .models.signatures import Channel

SIGNATORY = """<tr>
  <th scope="row"><a href="{organisation}">{name}</a>{renamed}</th>
  <td data-label="{l_text}"><a href="{version}">{text}</a></td>
  <td class="day" data-label="{l_since}">{day}{dormant}{paper}</td>
  <td data-label="{l_mandate}">{mandate}</td>
  <td><a href="{proof}" aria-label="{l_verify_of} {name}">{l_verify}</a></td>
</tr>
"""


def signatory_rows(signatures):
    """The rows of the table of signatories (`Signature.objects.for_lists()`)."""
    organisation, proof = addresses("directory:organisation"), addresses("charters:verify-signature")
    words = {
        "l_text": gettext("Texte signé"),
        "l_since": gettext("Depuis le"),
        "l_mandate": gettext("Mandat"),
        "l_verify": gettext("vérifier"),
        "l_verify_of": gettext("Vérifier la signature de"),
    }
    dormant = format_html(' <span class="tag tag--warn">{}</span>', gettext("en sommeil"))
    paper = format_html(' <span class="card__meta">{}</span>', gettext("sur papier"))
    confirmed, declared = (
        escape(gettext("confirmé")),
        format_html('<span class="tag">{}</span>', gettext("à confirmer")),
    )
    texts = _Texts()
    return format_html_join(
        "",
        SIGNATORY,
        (
            {
                **words,
                **texts.of(signature),
                "organisation": organisation(signature.organisation.slug),
                "name": signature.organisation_name,
                "renamed": _renamed(signature),
                "day": _day(signature),
                "dormant": dormant if signature.dormant_at else "",
                "paper": paper if signature.channel == Channel.PAPER else "",
                "mandate": confirmed if signature.has_confirmed_mandate else declared,
                "proof": proof(signature.token),
            }
            for signature in signatures
        ),
    )


class _Texts:
    """The few texts that many rows name: each is said, and its address found, once."""

    def __init__(self):
        self.known = {}

    def of(self, signature):
        if signature.version_id not in self.known:
            version = signature.version
            self.known[version.pk] = {"text": str(version), "version": version.get_absolute_url()}
        return self.known[signature.version_id]


def _renamed(signature):
    if not signature.has_changed_name:
        return ""
    today = gettext("(aujourd’hui : %(name)s)") % {"name": signature.organisation.name}
    return format_html(' <span class="card__meta">{}</span>', today)


def _day(signature):
    return date_format(localtime(signature.signed_at), "j F Y")
