"""The news that the parties of an agreement receive."""

from maillage.messaging.actions import queue_to_each
from maillage.organisations.queries import written_to


def _tell(kind, agreement, organisations, *, at, **told):
    """To those who manage ``organisations``. A public partner that is a party reads its own agreements."""
    _to(kind, agreement, written_to(*organisations), at=at, **told)


def _to(kind, agreement, people, *, at, **told):
    page = agreement.get_absolute_url()
    queue_to_each(f"agreements/emails/{kind}", people, page=page, at=at, agreement=agreement, **told)


def _organisations(agreement, *, but=()):
    left_out = {one.organisation_id for one in but}
    parties = agreement.parties.select_related("organisation")
    return [party.organisation for party in parties if party.organisation_id not in left_out]


def party_named(party, *, by, at):
    _tell("party_named", party.agreement, [party.organisation], at=at, by=by.name, name=party.organisation.name)


def review_opened(agreement, *, by, at):
    _tell("review_opened", agreement, _organisations(agreement, but=by), at=at)


def change_asked(asked, *, at):
    others = [one for one in _organisations(asked.agreement) if one.pk != asked.organisation_id]
    _tell("change_asked", asked.agreement, others, at=at, by=asked.organisation.name, words=asked.words)


def to_sign(agreement, *, at):
    _tell("to_sign", agreement, _organisations(agreement), at=at)


def reopened(agreement, *, by, at):
    _tell("reopened", agreement, _organisations(agreement, but=by), at=at, by=by[0].organisation.name)


def party_removed(party, *, at):
    _tell("party_removed", party.agreement, [party.organisation], at=at, name=party.organisation.name)


def receipt(party, *, at):
    """What proves to whoever signed that they did: the day, the hash of the text, the place in the register."""
    _to("receipt", party.agreement, [party.signed_by], at=at, party=party, name=party.organisation.name)


def still_to_sign(agreement, *, at):
    waiting = [party.organisation for party in agreement.parties.unsigned().select_related("organisation")]
    _tell("still_to_sign", agreement, waiting, at=at)


def signed_by_one(party, *, at):
    others = _organisations(party.agreement, but=[party])
    _tell("signed_by_one", party.agreement, others, at=at, by=party.organisation.name)


def signed_by_all(agreement, *, at):
    sealed = ("maillage.agreements.documents.sealed_attachment", {"pk": agreement.pk})
    _tell("signed_by_all", agreement, _organisations(agreement), at=at, attachment=sealed)


def dropped(agreement, *, by, at):
    _tell("dropped", agreement, _organisations(agreement, but=by), at=at)


def ended(agreement, *, at):
    others = [one for one in _organisations(agreement) if one.pk != agreement.ended_for_id]
    _tell("ended", agreement, others, at=at, by=agreement.ended_for.name)


def ends_soon(agreement, *, at):
    _tell("ends_soon", agreement, _organisations(agreement), at=at)
