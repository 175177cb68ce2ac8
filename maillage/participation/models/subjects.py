"""What a voice is about, in the words of whoever speaks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    """Few, each with its pictogram; the values are those of `organisations.Theme`, so that a need meets who works
    on it.
    """

    LIVING = "living", _("le logement, la rue, la propreté")
    YOUTH = "youth", _("les enfants, les jeunes")
    SCHOOL = "school", _("l’école")
    EMPLOYMENT = "employment", _("le travail")
    RIGHTS = "rights", _("les papiers, les droits")
    HEALTH = "health", _("la santé")
    CULTURE = "culture", _("les sorties, les fêtes")
    SPORT = "sport", _("le sport")
    SOLIDARITY = "solidarity", _("l’entraide")
    OTHER = "other", _("autre chose")
