"""Cooperations: those that are published, for everybody; the others behind the wall."""

from django.urls import path

from .views import cooperations, following, looking_back, partners

app_name = "cooperations"

urlpatterns = [
    path("", cooperations.cooperation_list, name="cooperation-list"),
    path("cooperations.csv", cooperations.cooperation_csv, name="csv"),
    path("nouvelle/", cooperations.propose, name="propose"),
    path("<slug:slug>/", cooperations.cooperation, name="cooperation"),
    path("<slug:slug>/modifier/", cooperations.edit, name="edit"),
    path("<slug:slug>/etape/", cooperations.move_stage, name="move-stage"),
    path("<slug:slug>/publier/", cooperations.publish, name="publish"),
    path("<slug:slug>/participer/", partners.ask, name="ask"),
    path("<slug:slug>/partenaires/", partners.partners, name="partners"),
    path("<slug:slug>/partenaires/<int:pk>/repondre/", partners.answer, name="answer"),
    path("<slug:slug>/partenaires/<int:pk>/quitter/", partners.leave, name="leave"),
    path("<slug:slug>/partenaires/<int:pk>/tete/", partners.pass_lead, name="pass-lead"),
    path("<slug:slug>/partenaires/<int:pk>/apports/", following.add_contribution, name="add-contribution"),
    path("<slug:slug>/apports/<int:pk>/retirer/", following.remove_contribution, name="remove-contribution"),
    path("<slug:slug>/calendrier/", following.add_milestone, name="add-milestone"),
    path("<slug:slug>/calendrier/<int:pk>/", following.keep_milestone, name="keep-milestone"),
    path("<slug:slug>/apprendre/", following.add_finding, name="add-finding"),
    path("<slug:slug>/apprendre/<int:pk>/retirer/", following.remove_finding, name="remove-finding"),
    path("<slug:slug>/journal/", following.journal, name="journal"),
    path("<slug:slug>/journal/<int:pk>/partager/", following.share_entry, name="share-entry"),
    path("<slug:slug>/journal/<uuid:uuid>/fichier/", following.entry_file, name="entry-file"),
    path("<slug:slug>/regard/", looking_back.review, name="review"),
    path("<slug:slug>/regard/ouvrir/", looking_back.open_review, name="open-review"),
    path("<slug:slug>/regard/<int:pk>/", looking_back.answer_review, name="answer-review"),
    path("<slug:slug>/regard/papier/", looking_back.paper_answer, name="paper-answer"),
    path("<slug:slug>/regard/clore/", looking_back.close_review, name="close-review"),
    path("<slug:slug>/recit/", looking_back.story, name="story"),
    path("<slug:slug>/recit/preparer/", looking_back.prepare_story, name="prepare-story"),
    path("<slug:slug>/recit.md", looking_back.story_file, name="story-file"),
]
