from django.urls import path

from . import views

app_name = "dashboard"

urlpatterns = [path("", views.my_space, name="my-space")]
