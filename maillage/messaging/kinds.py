"""Every kind of e-mail: why somebody receives it, and whether they may ask for no more of it.

A kind is the path of its templates ("charters/emails/review_due"). One that stands here neither by itself nor by its
app is refused by `queue_email`: a message always says why it came.
"""

import dataclasses

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What somebody may ask for no more of; DUTY is never refused."""

    DUTY = "duty", _("ce qui vous engage ou protège votre compte")
    LETTER = "letter", _("la lettre de la semaine")
    TEXTS = "texts", _("la vie de la charte et de ses adaptations")
    SIGNATURES = "signatures", _("les rappels de vos signatures")
    PROFILE = "profile", _("la fiche et les personnes de votre organisation")
    FIRST_STEPS = "first_steps", _("les trois premières choses à faire après une signature")
    GROUPS = "groups", _("vos groupes : réunions, comptes rendus, décisions")
    DRAFTING = "drafting", _("les textes écrits à plusieurs")
    COOPERATIONS = "cooperations", _("vos coopérations et vos engagements")
    RESOURCES = "resources", _("les prêts, les demandes et les offres")
    NEWSLETTER = "newsletter", _("la lettre d’un territoire")


@dataclasses.dataclass(frozen=True)
class MailKind:
    """``why``: what follows "Vous recevez ce message parce que…" at its foot; "" where the message says it itself."""

    category: str
    why: str | Promise

    @property
    def is_duty(self):
        return self.category == Category.DUTY


ACCOUNT = MailKind(
    Category.DUTY,
    _("quelqu’un a donné cette adresse pour se connecter à Maillage"),
)
SIGNS = MailKind(
    Category.DUTY,
    _("cette adresse a été donnée pour signer au nom d’une association"),
)
PROOF = MailKind(Category.DUTY, _("vous avez agi pour cette association : c’est votre preuve"))
RENEWAL = MailKind(
    Category.SIGNATURES,
    _("vous gérez cette association, ou vous avez un mandat pour elle"),
)
OF_THE_PLACE = MailKind(
    Category.TEXTS,
    _("vous agissez pour une association de ce territoire, ou vous le coordonnez"),
)
CARRIES = MailKind(
    Category.TEXTS,
    _("vous portez cette adaptation, ou vous coordonnez son territoire"),
)
SIGNATORY = MailKind(Category.TEXTS, _("votre association a signé une version de ce texte"))
COORDINATES = MailKind(Category.TEXTS, _("vous coordonnez ce territoire"))
ACTS_FOR = MailKind(Category.PROFILE, _("vous agissez pour cette organisation"))
PLACE_GIVEN = MailKind(Category.DUTY, _("quelqu’un vous a confié une place sur Maillage"))
ONE_S_OWN = MailKind(Category.DUTY, _("vous avez un compte sur Maillage"))
SAYS_ITSELF = MailKind(Category.DUTY, "")

KINDS = {
    "charters/emails/signature_to_confirm": SIGNS,
    "charters/emails/code_to_read_aloud": SIGNS,
    "charters/emails/signature_received": PROOF,
    "charters/emails/signature_withdrawn": PROOF,
    "charters/emails/signature_renewed": PROOF,
    "charters/emails/renewal_due": RENEWAL,
    "charters/emails/signature_asleep": RENEWAL,
    "charters/emails/adaptation_open_to_remarks": OF_THE_PLACE,
    "charters/emails/adaptation_adopted": OF_THE_PLACE,
    "charters/emails/adaptation_in_force": OF_THE_PLACE,
    "charters/emails/adaptation_proposed": OF_THE_PLACE,
    "charters/emails/remark_answered": MailKind(Category.TEXTS, _("vous avez fait une remarque sur ce texte")),
    "charters/emails/new_version_to_read": SIGNATORY,
    "charters/emails/national_text_changed": CARRIES,
    "charters/emails/review_due": CARRIES,
    "charters/emails/adaptation_asleep": CARRIES,
    "charters/emails/borders_changed": COORDINATES,
    "organisations/emails/organisation_confirmed": ACTS_FOR,
    "organisations/emails/mandate_confirmed": ACTS_FOR,
    "organisations/emails/mandate_ending": ACTS_FOR,
    "organisations/emails/organisations_merged": ACTS_FOR,
    "organisations/emails/said_to_be_a_member": ACTS_FOR,
    "organisations/emails/no_longer_said_to_be_a_member": ACTS_FOR,
    "organisations/emails/profile_to_read_again": ACTS_FOR,
    # Who takes whose place is told to everybody concerned: nothing happens behind their back.
    "organisations/emails/member_added": PLACE_GIVEN,
    "organisations/emails/coordinator_appointed": PLACE_GIVEN,
    "organisations/emails/follower_appointed": PLACE_GIVEN,
    "organisations/emails/organisation_handed_over": PLACE_GIVEN,
    "organisations/emails/organisation_has_a_new_manager": MailKind(Category.DUTY, ACTS_FOR.why),
    # Somebody writes to one organisation by its page; its profile says who receives it, the message how to change it.
    "organisations/emails/relayed": SAYS_ITSELF,
    "participation/emails/mediator_appointed": PLACE_GIVEN,
    "newsletter/emails/confirm": MailKind(
        Category.DUTY, _("quelqu’un a demandé la lettre d’un territoire à cette adresse")
    ),
    "newsletter/emails/letter": MailKind(
        Category.NEWSLETTER, _("vous avez demandé la lettre de ce territoire, et l’avez confirmé")
    ),
    "privacy/emails/farewell": ONE_S_OWN,
    "privacy/emails/account_soon_forgotten": ONE_S_OWN,
    "privacy/emails/organisation_soon_alone": ACTS_FOR,
    "privacy/emails/organisation_to_take_over": ACTS_FOR,
    "digest/emails/letter": MailKind(
        Category.LETTER,
        _("vous participez à Maillage ; cette lettre ne part que s’il y a du nouveau pour vous"),
    ),
    "digest/emails/first_steps": MailKind(
        Category.FIRST_STEPS,
        _("votre association a signé et a dit avoir envie d’agir"),
    ),
    "digest/emails/succession_proposed": PLACE_GIVEN,
    "digest/emails/succession_accepted": MailKind(
        Category.DUTY,
        _("vous coordonnez ce territoire, ou vous le coordonniez"),
    ),
}
APPS = {
    "account": ACCOUNT,
    "mfa": ONE_S_OWN,
    "socialaccount": ONE_S_OWN,
    "advocacy": MailKind(Category.DUTY, _("une lettre cite votre association")),
    "alerts": MailKind(
        Category.DUTY,
        _("une alerte vous est adressée, ou vient de votre association"),
    ),
    "editorial": MailKind(
        Category.DUTY,
        _("un récit nomme votre organisation, ou vous l’avez écrit"),
    ),
    "groups": MailKind(Category.GROUPS, _("vous participez à ce groupe")),
    "drafting": MailKind(
        Category.DRAFTING,
        _("ce texte est ouvert à un groupe auquel vous participez"),
    ),
    "cooperations": MailKind(Category.COOPERATIONS, _("votre association participe à cette coopération")),
    "evaluation": MailKind(
        Category.COOPERATIONS,
        _("votre association s’est engagée, en signant ou à plusieurs"),
    ),
    "agreements": MailKind(
        Category.DUTY,
        _("votre organisation est partie à cette convention"),
    ),
    "events": MailKind(
        Category.PROFILE,
        _("vous gérez une organisation nommée dans cette annonce"),
    ),
    "resources": MailKind(
        Category.RESOURCES,
        _("votre association prête, demande ou propose quelque chose"),
    ),
}
"""What holds for every message of an app that KINDS does not name."""


def kind_of(template):
    """The `MailKind` of a message whose templates begin with this path. LookupError where nobody has declared it."""
    found = KINDS.get(template) or APPS.get(template.partition("/")[0])
    if found is None:
        raise LookupError(f"{template!r} says nowhere why it is sent: declare it in messaging/kinds.py.")
    return found
