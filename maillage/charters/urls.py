"""The charter: reading, signing, verifying for everybody; adapting and writing for members."""

from django.urls import path, register_converter

from .views import (
    adaptations,
    changes,
    drafting,
    gatherings,
    importing,
    life,
    organisations,
    renewing,
    signatories,
    signing,
    texts,
    verification,
)

app_name = "charters"


class HexToken:
    regex = "[0-9a-f]{32}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(HexToken, "token")

PUBLIC = [
    path("", texts.charter, name="charter"),
    path("charte.pdf", texts.pdf, name="charter-pdf"),
    path("histoire/", texts.history, name="history"),
    path("versions/<int:number>/", texts.version, name="version"),
    path("versions/<int:before>..<int:after>/", texts.version_differences, name="version-differences"),
    path("signer/", signing.choose_organisation, name="sign"),
    path("signer/nouvelle/", signing.new_organisation, name="sign-new-organisation"),
    path("signer/<uuid:uuid>/", signing.particulars, name="sign-particulars"),
    path("signer/demande/<uuid:uuid>/", signing.sent, name="signature-sent"),
    path("signer/demande/<uuid:uuid>/renvoyer/", signing.send_again, name="signature-send-again"),
    path("signer/confirmer/<str:token>/", signing.confirm, name="confirm-signature"),
    path("signer/confirmer/<str:token>/attestation.pdf", signing.certificate, name="certificate-of-link"),
    path("signatures/renouveler/<str:link>/", renewing.renew_by_link, name="renew"),
    path("feuille.pdf", gatherings.sheet, name="sheet"),
    path("adaptations/<slug:slug>/feuille.pdf", gatherings.sheet, name="adaptation-sheet"),
    path("signataires/", signatories.signatories, name="signatories"),
    path("signataires.csv", signatories.signatories_as_csv, name="signatories-csv"),
    path("verifier/", verification.verify, name="verify"),
    path("verifier/<token:token>/", verification.verify_signature, name="verify-signature"),
    path("cachet.pem", verification.seal_certificate, name="seal-certificate"),
    path("registre.ndjson", verification.register, name="register"),
    path("adaptations/", adaptations.adaptation_list, name="adaptation-list"),
    path("adaptations/<slug:slug>/", adaptations.adaptation, name="adaptation"),
    path("adaptations/<slug:slug>/charte.pdf", adaptations.adaptation_pdf, name="adaptation-pdf"),
    path("adaptations/<slug:slug>/differences/", adaptations.differences, name="adaptation-differences"),
    path("adaptations/<slug:slug>/signer/", signing.choose_organisation, name="adaptation-sign"),
    path(
        "adaptations/<slug:slug>/signer/nouvelle/",
        signing.new_organisation,
        name="adaptation-sign-new-organisation",
    ),
    path("adaptations/<slug:slug>/signer/<uuid:uuid>/", signing.particulars, name="adaptation-sign-particulars"),
]

MEMBERS = [
    path("verifier/<token:token>/attestation.pdf", verification.certificate, name="certificate"),
    path("signatures/<token:token>/retirer/", signing.withdraw, name="withdraw"),
    path("signatures/<token:token>/nouvelle-version/", signing.new_version, name="new-version"),
    path("signatures/<token:token>/renouveler/", renewing.renew_mine, name="renew-mine"),
    path("rencontres/", gatherings.new_gathering, name="gatherings"),
    path("rencontres/<uuid:uuid>/", gatherings.gathering, name="gathering"),
    path("rencontres/<uuid:uuid>/feuille/", gatherings.scan, name="gathering-scan"),
    path("accompagner/<uuid:uuid>/", gatherings.help_sign, name="help-sign"),
    path("doublons/", organisations.duplicates, name="duplicates"),
    path("organisations/<uuid:uuid>/reunir/<uuid:other>/", organisations.merge, name="merge"),
    path("organisations/<uuid:uuid>/differente/<uuid:other>/", organisations.say_distinct, name="say-distinct"),
    path("organisations/<uuid:uuid>/fermer/", organisations.close_organisation, name="close-organisation"),
    path("adaptations/proposer/", life.propose, name="propose-adaptation"),
    path("adaptations/<slug:slug>/rejoindre/", life.join, name="join-adaptation"),
    path("adaptations/<slug:slug>/ecrire/", life.start_writing, name="start-writing"),
    path("adaptations/<slug:slug>/point/", life.review, name="review"),
    path("adaptations/<slug:slug>/reveiller/", life.wake, name="wake"),
    path("adaptations/ouvrir/", adaptations.open_adaptation, name="open-adaptation"),
    path("adaptations/<slug:slug>/atelier/", adaptations.workshop, name="workshop"),
    path("adaptations/<slug:slug>/atelier/article/", drafting.new_article, name="workshop-new-article"),
    path(
        "adaptations/<slug:slug>/atelier/article/<slug:key>/",
        drafting.edit_article,
        name="workshop-edit-article",
    ),
    path(
        "adaptations/<slug:slug>/atelier/article/<slug:key>/retirer/",
        drafting.remove_article,
        name="workshop-remove-article",
    ),
    path(
        "adaptations/<slug:slug>/atelier/article/<slug:key>/langage-clair/",
        drafting.confirm_plain_language,
        name="workshop-plain-language",
    ),
    path("adaptations/<slug:slug>/atelier/texte-national/", changes.national_changes, name="national-changes"),
    path("adaptations/<slug:slug>/atelier/texte-national/amener/", changes.bring_changes, name="bring-changes"),
    path("adaptations/<slug:slug>/atelier/texte-national/accepter/", changes.accept_all, name="accept-all-changes"),
    path(
        "adaptations/<slug:slug>/atelier/texte-national/<slug:key>/accepter/",
        changes.accept_change,
        name="accept-change",
    ),
    path(
        "adaptations/<slug:slug>/atelier/texte-national/<slug:key>/garder/",
        changes.keep_own_words,
        name="keep-own-words",
    ),
    path(
        "adaptations/<slug:slug>/atelier/texte-national/<slug:key>/reecrire/",
        changes.rewrite_change,
        name="rewrite-change",
    ),
    path("adaptations/<slug:slug>/atelier/importer/", importing.upload, name="workshop-import"),
    path(
        "adaptations/<slug:slug>/atelier/importer/confirmer/",
        importing.confirm,
        name="workshop-import-confirm",
    ),
    path("adaptations/<slug:slug>/atelier/remarques/", adaptations.open_to_remarks, name="open-to-remarks"),
    path("adaptations/<slug:slug>/atelier/adopter/", adaptations.adopt, name="adopt"),
    path("adaptations/<slug:slug>/atelier/reviser/", adaptations.revise, name="revise"),
    path("adaptations/<slug:slug>/remarques/", adaptations.make_remark, name="make-remark"),
    path(
        "adaptations/<slug:slug>/remarques/<int:pk>/repondre/",
        adaptations.answer_remark,
        name="answer-remark",
    ),
]

EDITORS = [
    path("redaction/", drafting.national_draft, name="national-draft"),
    path("redaction/commencer/", drafting.start_national_draft, name="start-national-draft"),
    path("redaction/titre/", drafting.name_national, name="name-national"),
    path("redaction/publier/", drafting.publish_national, name="publish-national"),
    path("redaction/importer/", importing.upload, name="national-import"),
    path("redaction/importer/confirmer/", importing.confirm, name="national-import-confirm"),
    path("redaction/article/", drafting.new_article, name="national-new-article"),
    path("redaction/article/<slug:key>/", drafting.edit_article, name="national-edit-article"),
    path(
        "redaction/article/<slug:key>/langage-clair/", drafting.confirm_plain_language, name="national-plain-language"
    ),
    path("redaction/article/<slug:key>/retirer/", drafting.remove_article, name="national-remove-article"),
]

# Members first: « ouvrir » is an address, never the name of an adaptation.
urlpatterns = MEMBERS + PUBLIC + EDITORS
