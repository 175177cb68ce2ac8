"""What is kept, why, how long, who sees it: one table, for the pages and for docs/data/processing.md."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True)
class Kept:
    """One subject. ``models``: where it is, as the code names it; ``basis``: the ground in GDPR article 6."""

    what: str | Promise
    why: str | Promise
    basis: str | Promise
    seen_by: str | Promise
    how_long: str | Promise
    models: tuple[str, ...]


INTEREST = _("intérêt légitime : une charte signée au nom d’associations")
SERVICE = _("exécution du service demandé")
CONSENT = _("consentement, retiré avec le code donné au dépôt")
CONTRACT = _("exécution d’un contrat entre organisations")
SAFETY = _("intérêt légitime : sécurité et bonne marche du site")
UNTIL_FORGOTTEN = _("tant que le compte existe ; sans connexion pendant deux ans, effacée après un avertissement")

KEPT = (
    Kept(
        _("Adresse e-mail, prénom, nom, langue"),
        _("se connecter, signer au nom d’une association, recevoir ses messages"),
        SERVICE,
        _("les membres de votre association ; la coordination, pour confirmer un mandat"),
        UNTIL_FORGOTTEN,
        ("accounts.User", "account.EmailAddress"),
    ),
    Kept(
        _("Dates de création du compte et de dernière connexion"),
        _("reconnaître un compte où plus personne ne vient, pour l’effacer"),
        INTEREST,
        _("vous ; l’exploitant"),
        UNTIL_FORGOTTEN,
        ("accounts.User",),
    ),
    Kept(
        _("Les associations que vous représentez, votre rôle, votre mandat et votre fonction"),
        _("savoir qui peut agir et signer"),
        INTEREST,
        _("les membres de l’association ; la coordination de son territoire, pour les mandats"),
        _("jusqu’à l’oubli : les dates restent alors, sans nom ni fonction"),
        ("organisations.Membership", "organisations.Mandate"),
    ),
    Kept(
        _("Rôle sur un territoire ou dans un réseau"),
        _("coordonner, confirmer, suivre ses membres"),
        INTEREST,
        _("vous ; l’exploitant"),
        _("jusqu’à l’oubli : les dates restent alors, sans nom"),
        ("organisations.TerritoryRole", "organisations.NetworkRole"),
    ),
    Kept(
        _("Liste de membres apportée par un réseau : qui l’a apportée ; nom, numéro et commune des associations"),
        _("reconnaître ses membres ici"),
        INTEREST,
        _("les personnes qui suivent ce réseau, et personne d’autre"),
        _("jamais confirmée : sept jours ; défaite : aussitôt ; sinon, tant que le réseau la garde"),
        ("organisations.MemberList", "organisations.MemberLine"),
    ),
    Kept(
        _("Signature de l’association, avec le nom et la fonction de la personne qui signe"),
        _("c’est l’objet de la charte"),
        INTEREST,
        _(
            "la signature : tout le monde ; votre nom : l’association et la coordination, sur l’attestation ;"
            " le registre public ne contient que son empreinte salée"
        ),
        _("la signature, toujours ; votre nom, votre fonction et le sel de l’empreinte, jusqu’à l’oubli"),
        ("charters.Signature", "charters.RegisterEntry"),
    ),
    Kept(
        _("Demande de signature : prénom, nom, fonction, adresse e-mail"),
        _("prouver qui signe, par un lien envoyé à cette adresse"),
        SERVICE,
        _("vous seulement, par le lien"),
        _("jamais confirmée : trente jours après la fin du lien ; confirmée : jusqu’à l’oubli"),
        ("charters.SignatureRequest",),
    ),
    Kept(
        _("Remarques entre associations"),
        _("écrire un texte ensemble"),
        INTEREST,
        _("les associations confirmées du territoire, jamais un partenaire public"),
        _("avec le texte ; qui l’a écrite n’est plus su après l’oubli"),
        ("charters.Remark",),
    ),
    Kept(
        _("Textes écrits en groupe : commentaires, amendements, avis, réponses"),
        _("écrire un texte ensemble, et se souvenir de ce qu’est devenue chaque proposition"),
        INTEREST,
        _("les membres du groupe, jamais un partenaire public"),
        _("avec le texte ; après l’oubli, on sait au nom de quelle organisation, et plus qui"),
        ("drafting.Workshop", "drafting.Comment", "drafting.Amendment", "drafting.Stance"),
    ),
    Kept(
        _("Prêts, besoins, réponses, heures données : qui les a demandés, dits ou notés, et leurs mots"),
        _("se prêter et s’entraider entre associations, savoir où en est un prêt"),
        INTEREST,
        _("les deux associations d’un prêt ; celles du quartier, pour les besoins ; jamais un partenaire public"),
        _("avec le prêt ou le besoin ; qui l’a écrit n’est plus su après l’oubli"),
        (
            "resources.Loan",
            "resources.Need",
            "resources.NeedAnswer",
            "resources.LedgerSwitch",
            "resources.HoursEntry",
        ),
    ),
    Kept(
        _("Conventions : qui a signé, sa fonction, son mandat ; qui a commencé, qui a demandé un changement"),
        _("prouver ce dont des organisations sont convenues, et qui les engageait"),
        CONTRACT,
        _("les personnes des parties ; la coordination, si une partie la lui montre"),
        _("avec la convention ; le nom et la fonction sont effacés à l’oubli, l’organisation reste"),
        ("agreements.Agreement", "agreements.Party", "agreements.ChangeRequest"),
    ),
    Kept(
        _("Agenda partagé : qui a annoncé un évènement, ou fait suivre un calendrier"),
        _("savoir à qui demander, quand une annonce est à corriger"),
        INTEREST,
        _("personne n’est nommé dans l’agenda ; le journal, pour l’exploitant"),
        _("avec l’annonce ; qui l’a écrite n’est plus su après l’oubli"),
        ("events.Event", "events.ImportedFeed"),
    ),
    Kept(
        _("Alerte d’une association en difficulté, et ce qui s’écrit à son propos"),
        _("trouver un appui"),
        SERVICE,
        _("qui gère l’association, et la seule personne qu’elle a choisie ; les nombres, à partir de cinq"),
        _("avec l’association ; qui l’a écrite n’est plus su après l’oubli"),
        ("alerts.Alert", "alerts.AlertMessage"),
    ),
    Kept(
        _("Plaidoyer : échos des associations, lettres, réponses ; qui les a notés"),
        _("se faire entendre"),
        INTEREST,
        _("tout le monde, sans le nom des personnes ; une lettre, dès qu’elle est partie"),
        _("avec l’association ; qui l’a noté n’est plus su après l’oubli"),
        ("advocacy.Echo", "advocacy.Appeal", "advocacy.Reply", "advocacy.ProposalState", "advocacy.Proposal"),
    ),
    Kept(
        _("Lettre d’un territoire : adresse e-mail, territoires choisis, lettres reçues"),
        _("envoyer la lettre à qui l’a demandée et confirmée"),
        _("consentement, retiré d’un clic dans chaque lettre"),
        _("personne ; l’exploitant, sans le texte"),
        _("jusqu’au départ : l’adresse est supprimée le jour même"),
        ("newsletter.Subscriber", "newsletter.Sending", "newsletter.Letter"),
    ),
    Kept(
        _("Veille : qui a gardé un lien, ou apporté un fichier de liens"),
        _("savoir à qui demander"),
        INTEREST,
        _("personne n’est nommé dans la veille ; le journal, pour l’exploitant"),
        _("avec le lien ; qui l’a gardé n’est plus su après l’oubli"),
        ("watch.Link", "watch.LinkImport"),
    ),
    Kept(
        _("Annuaire des aides : qui a signalé une fiche qui n’est plus juste"),
        _("tenir l’annuaire juste"),
        INTEREST,
        _("qui tient la fiche"),
        _("avec la fiche ; qui l’a dit n’est plus su après l’oubli"),
        ("support.SupportReport",),
    ),
    Kept(
        _("Parole d’habitant ou d’habitante : les mots, le quartier, le jour ; jamais de nom ni d’adresse"),
        _("entendre ce qui manque, et y répondre"),
        INTEREST,
        _(
            "la coordination et la médiation, puis les associations du quartier ;"
            " tout le monde, si la personne et le collectif sont d’accord"
        ),
        _("jusqu’à ce que la personne la reprenne avec son code ; trois ans au plus"),
        ("participation.ResidentVoice", "participation.HeardNeed"),
    ),
    Kept(
        _("Note vocale d’une minute"),
        _("entendre les personnes qui n’écrivent pas"),
        CONSENT,
        _("la coordination et la médiation du quartier"),
        _("effacée dès qu’elle est écrite, sauf si la personne veut bien que sa voix soit entendue"),
        ("participation.VoiceRecording",),
    ),
    Kept(
        _("Adresse privée de votre agenda"),
        _("suivre dans votre propre agenda ce que vous pouvez voir ici"),
        SERVICE,
        _("vous seulement"),
        _("jusqu’à ce que vous la changiez ou la retiriez, ou jusqu’à l’oubli"),
        ("events.CalendarKey",),
    ),
    Kept(
        _("Messages : adresse, objet, dates"),
        _("envoyer, et réessayer quand un serveur ne répond pas"),
        SERVICE,
        _("l’exploitant, sans le texte"),
        _("le texte est vidé au départ ; le reste est supprimé trente jours après"),
        ("messaging.Message",),
    ),
    Kept(
        _("Jour de la lettre de la semaine, ce qu’elle a déjà dit, messages que vous ne voulez plus recevoir"),
        _("n’envoyer que ce que vous voulez, et une seule fois"),
        SERVICE,
        _("vous seulement"),
        _("jusqu’à l’oubli ; un refus, jusqu’à ce que vous l’annuliez ou jusqu’à l’oubli"),
        ("digest.DigestPreference", "messaging.Refusal"),
    ),
    Kept(
        _("Qui a pris contact avec une association qui a envie d’agir"),
        _("qu’aucune signature ne reste sans suite"),
        INTEREST,
        _("la coordination du territoire"),
        _("avec la signature ; sans nom après l’oubli"),
        ("digest.FirstStep",),
    ),
    Kept(
        _("Coordination proposée à quelqu’un : son adresse e-mail, un mot ; qui a proposé, qui a accepté"),
        _("passer la main sans rien perdre"),
        SERVICE,
        _("la coordination du territoire"),
        _("l’adresse et le mot, jusqu’à la réponse, trente jours au plus ; le reste, sans nom après l’oubli"),
        ("digest.Succession",),
    ),
    Kept(
        _("Message écrit à une association par sa fiche : nom, organisation, adresse e-mail, texte"),
        _("le remettre à l’association, pour qu’elle réponde"),
        SERVICE,
        _("l’association qui le reçoit par e-mail ; personne sur le site"),
        _("effacé au départ ; s’il ne peut pas partir, trente jours après"),
        ("messaging.Message",),
    ),
    Kept(
        _("Adresse e-mail qui reçoit les messages d’une association"),
        _("lui remettre ce qu’on lui écrit par sa fiche, sans montrer l’adresse"),
        INTEREST,
        _("les personnes qui gèrent la fiche"),
        _("tant que l’association la laisse ; celle d’une personne, jusqu’à son oubli"),
        ("organisations.Organisation",),
    ),
    Kept(
        _("Siège d’habitant·e dans un groupe : comment la personne souhaite être appelée, son compte éventuel"),
        _("prendre part aux réunions et aux décisions d’un groupe"),
        SERVICE,
        _("les membres du groupe"),
        _("jusqu’à l’oubli : le siège reste alors, sans nom"),
        ("groups.ResidentSeat",),
    ),
    Kept(
        _("Dans un groupe : qui a demandé à le rejoindre, relu un compte rendu, invité un partenaire"),
        _("savoir au nom de qui un acte est fait"),
        INTEREST,
        _("l’exploitant ; les membres ne voient que l’association"),
        UNTIL_FORGOTTEN,
        ("groups.JoinRequest", "groups.MinutesReading", "groups.PartnerInvitation", "groups.Statement"),
    ),
    Kept(
        _("Dans une coopération : qui a écrit une page du journal ou changé d’étape, au nom d’une association"),
        _("savoir au nom de qui un acte est fait"),
        INTEREST,
        _("l’exploitant ; les partenaires ne voient que l’association"),
        UNTIL_FORGOTTEN,
        ("cooperations.JournalEntry", "cooperations.StageChange"),
    ),
    Kept(
        _("Pages : qui édite quoi, commentaires signés, pages gardées pour plus tard"),
        _("écrire à plusieurs, répondre de ce qui paraît"),
        SERVICE,
        _("la rédaction ; un commentaire relu, tout le monde ; vos pages gardées, vous seulement"),
        _("jusqu’à l’oubli, où tout cela est effacé"),
        ("editorial.Editor", "editorial.Comment", "editorial.SavedPage"),
    ),
    Kept(
        _("Accord d’une organisation nommée dans un récit : l’adresse à laquelle il fut demandé, qui a répondu"),
        _("ne rien publier sur une organisation sans son accord"),
        INTEREST,
        _("la rédaction, et l’organisation elle-même"),
        _("tant que le récit existe ; sans nom après l’oubli"),
        ("editorial.Assent", "editorial.CaseName", "editorial.CaseReading"),
    ),
    Kept(
        _("Journal : qui a fait quoi, quand"),
        _("comprendre une erreur, répondre d’une décision"),
        SAFETY,
        _("l’exploitant"),
        _("avec le site ; sans nom après l’oubli"),
        ("wagtailcore.ModelLogEntry",),
    ),
    Kept(
        _("Connexions en cours"),
        _("rester connecté·e, signer en plusieurs étapes"),
        SERVICE,
        _("personne"),
        _("trente jours au plus"),
        ("sessions.Session",),
    ),
    Kept(
        _("Feuille signée à une rencontre, numérisée : noms, fonctions, signatures à la main"),
        _("prouver une signature donnée sur papier"),
        INTEREST,
        _("la coordination qui l’a saisie, et celle des territoires concernés"),
        _("tant qu’une signature de la feuille a cours ; l’exploitant l’efface sur demande, son empreinte reste"),
        ("charters.Gathering",),
    ),
    Kept(
        _("Qui a décidé d’un changement de texte ou de contour, ou dit que deux fiches sont différentes"),
        _("répondre d’une décision"),
        INTEREST,
        _("l’exploitant"),
        _("avec le texte ou la fiche ; sans nom après l’oubli"),
        ("charters.NationalChange", "charters.BorderChange", "organisations.Distinction"),
    ),
    Kept(
        _("Seconds facteurs, clés d’accès, compte chez un fournisseur d’identité"),
        _("prouver que c’est bien vous"),
        SERVICE,
        _("vous seulement"),
        _("jusqu’à ce que vous les retiriez, ou jusqu’à l’oubli"),
        ("mfa.Authenticator", "socialaccount.SocialAccount"),
    ),
    Kept(
        _("Sauvegardes de tout ce qui précède"),
        _("ne rien perdre si une machine tombe en panne"),
        SAFETY,
        _("l’exploitant"),
        _("la durée que fixe l’exploitant ; ce qui est effacé du site y reste jusqu’à leur fin"),
        (),
    ),
)


def as_markdown():
    """The table of docs/data/processing.md, in the language of the moment."""
    lines = [
        "| donnée | pourquoi | base légale (RGPD, art. 6) | qui la voit | combien de temps | où |",
        "|---|---|---|---|---|---|",
    ]
    for row in KEPT:
        where = ", ".join(f"`{model}`" for model in row.models) or "fichiers de l’exploitant"
        lines.append(f"| {row.what} | {row.why} | {row.basis} | {row.seen_by} | {row.how_long} | {where} |")
    return "\n".join(lines)
