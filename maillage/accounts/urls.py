"""Signing in: the pages of allauth that we use, and no other. There is no password anywhere."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("connexion/", views.request_login_code, name="account_login"),
    path("connexion/", views.request_login_code, name="account_request_login_code"),
    path("connexion/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("creer/", views.signup, name="account_signup"),
    path("verifier/", views.email_verification_sent, name="account_email_verification_sent"),
    path("quitter/", views.logout, name="account_logout"),
    path("inactif/", views.account_inactive, name="account_inactive"),
]
