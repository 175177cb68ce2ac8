"""The site map: French paths, English names, one include an app."""

from django.conf import settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from wagtail.admin import urls as wagtailadmin_urls

handler429 = "maillage.ui.refusals.too_many"
"""Asked for by allauth, which counts by itself too."""

urlpatterns = [
    path("", include("maillage.home.urls")),
    path("", include("maillage.ui.urls")),
    # Without a token, so that a page that is only read sets no cookie: docs/decisions/0020.
    path("langue/", csrf_exempt(set_language), name="set_language"),
    path("charte/", include("maillage.charters.urls")),
    path("", include("maillage.directory.urls")),
    path("", include("maillage.api.urls")),
    path("territoires/", include("maillage.territories.urls")),
    path("organisations/", include("maillage.organisations.urls")),
    path("groupes/", include("maillage.groups.urls")),
    path("groupes/", include("maillage.drafting.urls")),
    path("cooperations/", include("maillage.cooperations.urls")),
    path("agenda/", include("maillage.events.urls")),
    path("ressources/", include("maillage.resources.urls")),
    path("conventions/", include("maillage.agreements.urls")),
    path("bilans/", include("maillage.evaluation.urls")),
    path("paroles/", include("maillage.participation.urls")),
    path("", include("maillage.editorial.urls")),
    path("plaidoyer/", include("maillage.advocacy.urls")),
    path("alertes/", include("maillage.alerts.urls")),
    path("aides/", include("maillage.support.urls")),
    path("veille/", include("maillage.watch.urls")),
    path("lettre/", include("maillage.newsletter.urls")),
    path("recherche/", include("maillage.search.urls")),
    path("espace/lettre/", include("maillage.digest.urls")),
    path("espace/mes-donnees/", include("maillage.privacy.urls")),
    path("espace/", include("maillage.dashboard.urls")),
    path("compte/", include("maillage.accounts.urls")),
    path("gestion/", include(wagtailadmin_urls)),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("maillage.demo.urls")))
