"""What gets in the way of cooperating, and what helps: one list for every place where people note it.

In our own words, after what the field has seen (docs/glossary.md: frein, levier).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Brake(models.TextChoices):
    TIME = "time", _("le temps")
    MONEY = "money", _("l’argent, les dossiers")
    PEOPLE = "people", _("trop peu de monde, bénévoles ou salariés")
    COORDINATION = "coordination", _("la coordination, que personne ne paie")
    COMPETITION = "competition", _("la concurrence pour les mêmes moyens")
    KNOWING = "knowing", _("nous ne nous connaissons pas assez")
    TRUST = "trust", _("la confiance, les personnes")
    PREMISES = "premises", _("les locaux, le matériel")
    RESIDENTS = "residents", _("la place des habitantes et habitants")
    PARTNERS = "partners", _("les relations avec les partenaires publics")


class Lever(models.TextChoices):
    MEETING = "meeting", _("se voir régulièrement")
    ANIMATION = "animation", _("quelqu’un qui anime")
    TRUST = "trust", _("la confiance entre personnes")
    SHARED = "shared", _("des moyens mis en commun")
    PROJECT = "project", _("un projet précis à faire ensemble")
    RESIDENTS = "residents", _("les habitantes et habitants qui s’engagent")
    SUPPORT = "support", _("un appui : réseau, ville, État")
    TRAINING = "training", _("se former ensemble")


class Side(models.TextChoices):
    BRAKE = "brake", _("frein")
    LEVER = "lever", _("levier")


FAMILIES = {Side.BRAKE: Brake, Side.LEVER: Lever}
