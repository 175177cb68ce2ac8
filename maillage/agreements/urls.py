"""Agreements: for the people of their parties alone."""

from django.urls import path

from .views import drafting, living, reading, reviewing, writing

app_name = "agreements"

ONE = "<uuid:uuid>/"

urlpatterns = [
    path("", reading.agreement_list, name="agreement-list"),
    path("nouvelle/", drafting.start, name="start"),
    path(ONE, reading.agreement, name="agreement"),
    path(f"{ONE}convention.pdf", reading.pdf, name="pdf"),
    path(f"{ONE}pieces/<uuid:attachment>/", reading.attachment, name="attachment"),
    path(f"{ONE}elements/", writing.facts, name="facts"),
    path(f"{ONE}articles/", writing.clauses, name="clauses"),
    path(f"{ONE}versements/", writing.instalments, name="instalments"),
    path(f"{ONE}parties/", drafting.parties, name="parties"),
    path(f"{ONE}parties/<int:pk>/retirer/", drafting.remove_party, name="remove-party"),
    path(f"{ONE}pieces/", drafting.attachments, name="attachments"),
    path(f"{ONE}pieces/<uuid:attachment>/retirer/", drafting.remove_attachment, name="remove-attachment"),
    path(f"{ONE}relire/", reviewing.open_review, name="open-review"),
    path(f"{ONE}approuver/", reviewing.approve, name="approve"),
    path(f"{ONE}demander/", reviewing.ask_change, name="ask-change"),
    path(f"{ONE}demandes/<int:pk>/", reviewing.settle_change, name="settle-change"),
    path(f"{ONE}reprendre/", reviewing.take_back, name="take-back"),
    path(f"{ONE}abandonner/", reviewing.drop, name="drop"),
    path(f"{ONE}signer/", reviewing.sign, name="sign"),
    path(f"{ONE}terminer/", living.end, name="end"),
    path(f"{ONE}montrer/", living.show, name="show"),
    path(f"{ONE}versements/<int:pk>/", living.note_payment, name="note-payment"),
]
