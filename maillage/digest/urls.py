from django.urls import path

from . import views

app_name = "digest"

urlpatterns = [
    path("", views.choices, name="choices"),
    path("arreter/<str:link>/", views.stop, name="stop"),
]
