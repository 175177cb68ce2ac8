from django.urls import path

from . import views

app_name = "demo"

urlpatterns = [
    path("", views.personas, name="personas"),
    path("devenir/", views.become, name="become"),
    path("courrier/", views.mailbox, name="mailbox"),
]
