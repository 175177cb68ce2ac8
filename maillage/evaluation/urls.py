from django.urls import path

from .views import campaigns, commitments, look_backs, synthesis

app_name = "evaluation"

urlpatterns = [
    path("", campaigns.campaign_list, name="campaigns"),
    path("ouvrir/", campaigns.open_new, name="open"),
    path("nos-engagements/", commitments.mine, name="commitments"),
    path("nos-engagements/<slug:slug>/<int:year>/", commitments.of_year, name="commitments-of"),
    path("nos-engagements/<slug:slug>/<int:year>/tableau.csv", commitments.as_csv, name="commitments-csv"),
    path("nos-engagements/<slug:slug>/<int:year>/<int:pk>/", commitments.note, name="note"),
    path("regions/", synthesis.regions, name="regions"),
    path("regions/<slug:slug>/", synthesis.region, name="region"),
    path("lien/<str:link>/", look_backs.by_link, name="by-link"),
    path("lien/<str:link>/<int:step>/", look_backs.step_by_link, name="step-by-link"),
    path("retours/<uuid:uuid>/", look_backs.start, name="look-back"),
    path("retours/<uuid:uuid>/<int:step>/", look_backs.step, name="step"),
    path("retours/<uuid:uuid>/lire/", look_backs.read, name="read"),
    path("<uuid:uuid>/", campaigns.campaign, name="campaign"),
    path("<uuid:uuid>/clore/", campaigns.close, name="close"),
    path("<uuid:uuid>/feuilles/", campaigns.paper, name="paper"),
    path("<uuid:uuid>/feuille.pdf", campaigns.paper_pdf, name="paper-pdf"),
    path("<uuid:uuid>/suites/", campaigns.steps, name="steps"),
    path("<uuid:uuid>/suites/adopter/", campaigns.adopt, name="adopt"),
    path("<uuid:uuid>/suites/<int:pk>/retirer/", campaigns.remove, name="remove-step"),
    path("<uuid:uuid>/montrer/", campaigns.show, name="show"),
    path("<uuid:uuid>/synthese/", synthesis.synthesis, name="synthesis"),
    path("<uuid:uuid>/synthese.pdf", synthesis.synthesis_as_pdf, name="synthesis-pdf"),
]
