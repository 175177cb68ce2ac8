from django.urls import path

from .views import assents, cases, guide, news, pictures, reading

app_name = "editorial"

urlpatterns = [
    path("pratiques/", cases.case_list, name="case-list"),
    path("pratiques/flux.xml", news.cases_feed, name="cases-feed"),
    path("pratiques/accord/<str:link>/", assents.answer, name="answer"),
    path("pratiques/accords/<uuid:uuid>/", assents.my_answer, name="my-answer"),
    path("pratiques/accords/<uuid:uuid>/retirer/", assents.withdraw, name="withdraw"),
    path("pratiques/raconter/<slug:slug>/", cases.tell, name="tell"),
    path("pratiques/<slug:slug>/", cases.case, name="case"),
    path("redaction/pratiques/<slug:slug>/", assents.assents, name="assents"),
    path("redaction/pratiques/<slug:slug>/demander/", assents.ask, name="ask"),
    path("redaction/pratiques/<slug:slug>/publier/", assents.publish, name="publish"),
    path("pratiques/<slug:slug>/ici-aussi/", cases.copy, name="copy"),
    path("guide/", guide.guide, name="guide"),
    path("guide/guide.pdf", guide.guide_pdf, name="guide-pdf"),
    path("guide/guide.epub", guide.guide_epub, name="guide-epub"),
    path("guide/<slug:slug>/", guide.chapter, name="chapter"),
    path("actualites/", news.news_list, name="news-list"),
    path("actualites/flux.xml", news.news_feed, name="news-feed"),
    path("actualites/<slug:slug>/", news.news, name="news"),
    path("espace/a-lire/", reading.reading_list, name="reading-list"),
    path("espace/a-lire/<int:pk>/", reading.keep, name="keep"),
    path("redaction/commentaires/", reading.comments, name="comments"),
    path("redaction/commentaires/<int:pk>/", reading.settle, name="settle-comment"),
    path("pratiques/commenter/<int:pk>/", reading.say, name="comment"),
    path("redaction/", reading.editors, name="editors"),
    path("redaction/<int:pk>/retirer/", reading.end_editor, name="end-editor"),
    path("pratiques/images/<int:pk>.jpg", pictures.picture, name="picture"),
    path("media/images/<str:name>", pictures.back_office_picture, name="back-office-picture"),
]
