"""The page of open data, for people; and the contract, for programs."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from maillage.territories.geocoder import is_configured
from maillage.ui.limits import read_rates
from maillage.ui.page_cache import kept_for_visitors

from . import dictionary
from .catalogue import CHANGES
from .middleware import ROOT
from .schemas import A_PAGE, LARGEST_PAGE, LICENCE, LICENCE_ADDRESS
from .service import contract

A_POINT = "lon=2.3530&lat=48.8845"


@require_safe
@kept_for_visitors()
def open_data(request):
    """What can be taken away, under which licence, and what each field means."""
    answer, asked = dictionary.located()
    context = {
        "resources": [_shown(*one) for one in dictionary.described()],
        "located": {"fields": answer, "parameters": asked, "example": f"{ROOT}localisation?{A_POINT}"},
        "shared": dictionary.shared(),
        "takes_addresses": is_configured(),
        "api_address": settings.SITE_ADDRESS + ROOT,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "a_page": A_PAGE,
        "largest_page": LARGEST_PAGE,
        "limits": [_limit(name) for name in ("api", "api-file") if name in settings.LIMITS],
        "changes": [(day, gettext(words)) for day, words in CHANGES],
    }
    return render(request, "api/open_data.html", context)


def _shown(resource, fields, parameters):
    return {
        "name": resource.name,
        "title": gettext(resource.title),
        "about": gettext(resource.about),
        "address": ROOT + resource.name,
        "formats": [(name, name.upper() if name != "geojson" else "GeoJSON") for name in resource.formats],
        "fields": fields,
        "parameters": parameters,
    }


def _limit(name):
    """The rate of the shortest length that the operator set; None where there is none."""
    rates = read_rates(settings.LIMITS[name]["rates"])
    shortest = min(rates, key=lambda rate: rate.seconds, default=None)
    return {"is_file": name == "api-file", "rate": shortest}


@require_safe
def openapi(request):
    return HttpResponse(contract(), content_type="application/json")
