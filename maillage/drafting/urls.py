"""Under the group that a text is opened to: read, commented, amended, answered."""

from django.urls import path

from .views import amendments, articles, decisions, workshops

app_name = "drafting"

TEXT = "<slug:slug>/textes/<int:pk>/"
ARTICLE = f"{TEXT}articles/<slug:key>/"
AMENDMENT = f"{TEXT}amendements/<int:number>/"

urlpatterns = [
    path("<slug:slug>/textes/", workshops.workshop_list, name="workshop-list"),
    path("<slug:slug>/textes/ouvrir/", workshops.open_workshop, name="open"),
    path(TEXT, workshops.workshop, name="workshop"),
    path(f"{TEXT}histoire/", workshops.history, name="history"),
    path(f"{TEXT}a-imprimer/", workshops.paper, name="paper"),
    path(f"{TEXT}jour/", workshops.change_day, name="change-day"),
    path(f"{TEXT}fermer/", workshops.close, name="close"),
    path(f"{TEXT}commenter/", articles.comment, name="comment"),
    path(f"{TEXT}commentaires/<int:number>/regler/", articles.resolve, name="resolve"),
    path(f"{TEXT}ajouter/", amendments.propose_article, name="propose-article"),
    path(ARTICLE, articles.article, name="article"),
    path(f"{ARTICLE}amender/", amendments.amend, name="amend"),
    path(f"{ARTICLE}retirer/", amendments.propose_removal, name="propose-removal"),
    path(AMENDMENT, amendments.amendment, name="amendment"),
    path(f"{AMENDMENT}avis/", amendments.stance, name="stance"),
    path(f"{AMENDMENT}abandonner/", amendments.withdraw, name="withdraw"),
    path(f"{AMENDMENT}accepter/", decisions.accept, name="accept"),
    path(f"{AMENDMENT}reecrire/", decisions.merge, name="merge"),
    path(f"{AMENDMENT}refuser/", decisions.refuse, name="refuse"),
]
