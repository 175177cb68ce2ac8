"""Everything in the database that points to a person, and what becomes of it when they are forgotten.

A test compares these tables with the models: a new relation to a person fails it until somebody has decided.
"""

DELETED = {
    "editorial.Comment.author": "a comment is signed with their name",
    "editorial.Editor.user": "what they edit; what they wrote stays",
    "editorial.SavedPage.user": "what they keep to read later",
    "events.CalendarKey.user": "the secret address of their calendar, which shows nothing more",
    "digest.DigestPreference.user": "the day of their letter, and what it has told them",
    "mfa.Authenticator.user": "their second factors and passkeys",
    "socialaccount.SocialAccount.user": "their account at an identity provider",
    "account.EmailAddress.user": "an address of theirs",
    "wagtailadmin.EditingSession.user": "a page open in the back office",
    "wagtailadmin.FormState.user": "a form half filled in the back office",
    "wagtailcore.PageSubscription.user": "which pages they follow",
    "wagtailusers.UserProfile.user": "their picture and preferences of the back office",
}
ENDED = {
    "organisations.Membership.user": "ended that day; the row says that somebody, nobody knows who, acted",
    "organisations.Mandate.user": "ended, its function emptied; the register's “confirmed” rests on it",
    "organisations.TerritoryRole.user": "ended that day",
    "organisations.NetworkRole.user": "ended that day",
    "groups.ResidentSeat.user": "ended that day, its name emptied",
}
EMPTIED = {
    "agreements.Party.signed_by": "name, function and salt erased; the signature is its organisation's",
    "charters.Remark.author": "the remark is its association's, and stays",
    "charters.Signature.signed_by": "name, function and salt erased; the signature is its organisation's",
}
KEPT = {
    "editorial.Assent.answered_by": "that somebody answered for it; the account behind says nothing any more",
    "editorial.Assent.asked_by": "that somebody asked; the same",
    "editorial.CaseReading.read_by": "that somebody read it before publication; the same",
    "agreements.Agreement.created_by": "that somebody began it; the account behind says nothing any more",
    "agreements.ChangeRequest.asked_by": "that somebody asked it; the same",
    "cooperations.JournalEntry.author": "the page is its association's; the account behind says nothing any more",
    "cooperations.StageChange.decided_by": "that somebody decided it; the same",
    "groups.JoinRequest.asked_by": "that somebody asked it; the account behind says nothing any more",
    "groups.MinutesReading.said_by": "that somebody said it; the same",
    "groups.Statement.said_by": "that somebody said it in their association's name; the same",
    "groups.PartnerInvitation.invited_by": "that somebody invited it; the same",
    "digest.FirstStep.contacted_by": "that the coordination spoke with a signatory; the same as below",
    "digest.Succession.accepted_by": "that somebody took a territory on; the same",
    "digest.Succession.proposed_by": "that somebody proposed it; the same",
    "drafting.Amendment.answered_by": "that somebody answered it; the account behind says nothing any more",
    "drafting.Amendment.author": "the words are its organisation's, and stay; the same",
    "drafting.Comment.author": "the words are its organisation's, and stay; the same",
    "drafting.Comment.resolved_by": "that somebody said that it is settled; the same",
    "drafting.Stance.said_by": "the stance is its organisation's; the same",
    "drafting.Workshop.opened_by": "that somebody opened the text; the same",
    "events.Event.created_by": "that somebody announced it; the account behind says nothing any more",
    "events.ImportedFeed.created_by": "that somebody followed it; the same",
    "resources.Loan.asked_by": "that somebody asked for it; the account behind says nothing any more",
    "resources.Need.created_by": "that somebody said it; the same",
    "resources.NeedAnswer.answered_by": "that somebody answered; the same",
    "resources.LedgerSwitch.decided_by": "that somebody entered the decision; the same",
    "resources.HoursEntry.entered_by": "that somebody noted it; the same",
    "charters.NationalChange.decided_by": "that somebody decided it; the account behind says nothing any more",
    "charters.BorderChange.decided_by": "that somebody decided it; the same",
    "charters.Gathering.entered_by": "that somebody entered the sheet; the same",
    "charters.Signature.entered_by": "that somebody typed it for another; the same",
    "charters.SignatureRequest.entered_by": "the same, until the request itself is deleted",
    "organisations.MemberList.brought_by": "that somebody brought it; the same",
    "organisations.Distinction.said_by": "that somebody said it; the same",
    "organisations.Mandate.confirmed_by": "that somebody confirmed it; the account behind says nothing any more",
    "wagtailcore.Comment.user": "editorial work, under an account that says nothing any more",
    "wagtailcore.Comment.resolved_by": "the same",
    "wagtailcore.CommentReply.user": "the same",
    "wagtailcore.ModelLogEntry.user": "the journal keeps the event; its page says “personne oubliée”",
    "wagtailcore.Page.locked_by": "editorial work",
    "wagtailcore.Page.owner": "editorial work",
    "wagtailcore.PageLogEntry.user": "the journal of pages, the same",
    "wagtailcore.Revision.user": "editorial work",
    "wagtailcore.TaskState.finished_by": "editorial work",
    "wagtailcore.UploadedFile.uploaded_by_user": "editorial work",
    "wagtailcore.WorkflowState.requested_by": "editorial work",
    "wagtaildocs.Document.uploaded_by_user": "editorial work",
    "wagtailimages.Image.uploaded_by_user": "editorial work",
}
LEFT_EMPTY = {
    "charters.Remark": {"author"},
    "charters.Signature": {"mandate", "signed_by"},
    "groups.ResidentSeat": {"name"},
    "organisations.Mandate": {"function"},
}
"""Fields that people fill, and that forgetting empties or a sheet without an address never told: `check_data` accepts
them empty."""
