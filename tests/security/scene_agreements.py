"""Agreements between Amina's association and Bruno's, one of each state."""

from maillage.agreements import actions
from tests.factories.agreements import agreement_of
from tests.factories.charters import PDF_SHEET
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import day_in


def add_to(scene):
    ours, theirs = scene["entraide"], scene["jardins"]
    scene["third_here"] = OrganisationFactory(name="Une troisième", territories=[scene["tilleuls"]])
    draft = scene["agreement_draft"] = agreement_of(ours, [theirs], kind="fund_transfer", title="Le reversement")
    scene["party"] = draft.parties.get(organisation=theirs)
    third = agreement_of(ours, [theirs, scene["third_here"]], title="À trois")
    scene["agreement_of_three"], scene["third_party"] = third, third.parties.get(organisation=scene["third_here"])
    scene["attachment"] = actions.add_attachment(
        draft, title="L’état des lieux", content=PDF_SHEET, actor=scene["amina"], at=scene["now"]
    )
    scene["change_asked"] = actions.ask_change(
        draft, organisation=theirs, words="C’est trop.", actor=scene["bruno"], at=scene["now"]
    )
    draft.refresh_from_db()
    scene["agreement_review"] = agreement_of(ours, [theirs], state="review", title="À relire")
    scene["agreement_to_sign"] = agreement_of(ours, [theirs], state="to_sign", title="À signer")
    scene["agreement_signed"] = agreement_of(ours, [theirs], state="signed", title="Signée")
    transfer = agreement_of(ours, [theirs], kind="fund_transfer", title="Versé en deux fois")
    transfer = actions.change_agreement(
        transfer, edition=transfer.edition, amount=20, actor=scene["amina"], at=scene["now"]
    )
    transfer = actions.change_instalments(
        transfer, [(day_in(3), 20)], edition=transfer.edition, actor=scene["amina"], at=scene["now"]
    )
    transfer.state, transfer.signed_at, transfer.frozen_at = "signed", scene["now"], scene["now"]
    transfer.frozen_text, transfer.sha256 = "{}", "0" * 64
    transfer.save()
    scene["agreement_paid"], scene["instalment"] = transfer, transfer.instalments.get()
