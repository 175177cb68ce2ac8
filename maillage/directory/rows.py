"""The long lists of the page of a neighbourhood, row by row: written here, they cost a third of a template's time."""

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from maillage.ui.days import date_format
from maillage.ui.rows import addresses

ORGANISATION = """<tr>
  <th scope="row" data-label="{l_name}"><a href="{address}">{name}</a>{stale}</th>
  <td data-label="{l_networks}">{networks}</td>
  <td data-label="{l_texts}">{texts}</td>
  <td data-label="{l_contact}">{contact}{website}</td>
</tr>
"""


def organisation_rows(lines):
    """The rows of the table of organisations (`Line`), one each."""
    organisation, network = addresses("directory:organisation"), addresses("directory:network")
    unaffiliated, nothing = gettext("non fédérée"), "–"
    today = timezone.localdate()
    words = {
        "l_name": gettext("Organisation"),
        "l_networks": gettext("Réseaux"),
        "l_texts": gettext("Textes signés"),
        "l_contact": gettext("Contact"),
    }
    return format_html_join(
        "",
        ORGANISATION,
        (
            {
                **words,
                "address": organisation(line.organisation.slug),
                "name": line.organisation.name,
                "stale": _stale(line.organisation, today),
                "networks": _links((network(one.slug), one.name) for one in line.networks)
                or (unaffiliated if line.is_unaffiliated else nothing),
                "texts": " ; ".join(map(text_name, line.signatures)) or nothing,
                "contact": line.organisation.contact_function or ("" if line.organisation.website else nothing),
                "website": _website(line.organisation),
            }
            for line in lines
        ),
    )


def _stale(organisation, today):
    if not organisation.is_stale(today):
        return ""
    day = date_format(timezone.localdate(organisation.read_at), "j F Y")
    said = gettext("Fiche non relue depuis le %(day)s") % {"day": day}
    return format_html(' <span class="tag tag--warn">{}</span>', said)


def text_name(signed):
    """A `Signed` text in few words; a dormant one says so."""
    name = signed.name or gettext("charte nationale, version %(number)s") % {"number": signed.number}
    return f"{name} ({gettext('en sommeil')})" if signed.is_dormant else name


def _links(pairs):
    return format_html_join(", ", '<a href="{}">{}</a>', pairs)


def _website(organisation):
    if not organisation.website:
        return ""
    before = mark_safe("<br>") if organisation.contact_function else ""
    words, of = gettext("site"), gettext("Site de %(name)s") % {"name": organisation.name}
    link = '{}<a href="{}" rel="external nofollow" aria-label="{}">{}</a>'
    return format_html(link, before, organisation.website, of, words)


def theme_groups(groups):
    """Each (theme, lines) as a heading and its list; a signatory has its mark."""
    address = addresses("directory:organisation")
    mark = '&nbsp;<span class="theme-group__mark" role="img" aria-label="{}">✓</span>'
    signatory = format_html(mark, gettext("signataire"))
    item = '<li><a href="{}">{}</a>{}</li>'
    return format_html_join(
        "",
        '<section class="theme-group"><h3>{}</h3><ul>{}</ul></section>\n',
        (
            (
                _capitalised(label),
                format_html_join(
                    "",
                    item,
                    (
                        (
                            address(line.organisation.slug),
                            line.organisation.name,
                            signatory if line.signatures else "",
                        )
                        for line in lines
                    ),
                ),
            )
            for label, lines in groups
        ),
    )


def _capitalised(words):
    words = str(words)
    return words[:1].upper() + words[1:]
