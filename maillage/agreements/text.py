"""What is signed: an agreement as canonical text, and its hash; and the models that it starts from."""

import json
import tomllib
from functools import lru_cache
from pathlib import Path

from django.db.models import Sum
from django.utils import timezone

from maillage.charters.register import canonical, hash_of

FACTS = (
    *("kind", "title", "starts_on", "ends_on", "notice_days", "post", "hours", "wages", "charges", "expenses"),
    *("billed", "rider_on", "consent_on", "amount", "report_due_on"),
)


@lru_cache(maxsize=1)
def models_of_text():
    """{kind: {"starts": role, "named": role, "clauses": [{"title", "text"}]}}, from `models_of_text.toml`."""
    return tomllib.loads((Path(__file__).parent / "models_of_text.toml").read_text())


def canonical_text(agreement):
    """``agreement`` as canonical JSON: facts, parties by the names they bear today, clauses, payments, hashes of the
    files that are joined, and a number drawn by lot, without which nobody can try texts against its hash.
    """
    facts = {name: getattr(agreement, name) for name in FACTS}
    return canonical(
        {
            "id": str(agreement.uuid),
            "nonce": agreement.nonce,
            "facts": {name: str(value) for name, value in facts.items() if value not in (None, "")},
            "parties": [
                {
                    "id": str(party.organisation.uuid),
                    "name": party.organisation.name,
                    "number": party.organisation.rna or party.organisation.siret,
                    "role": party.role,
                }
                for party in agreement.parties.select_related("organisation")
            ],
            "clauses": [{"title": clause.title, "text": clause.text} for clause in agreement.clauses.all()],
            "instalments": [
                {"due_on": str(row.due_on), "amount": f"{row.amount:.2f}"} for row in agreement.instalments.all()
            ],
            "attachments": [{"title": row.title, "sha256": row.sha256} for row in agreement.attachments.all()],
            **({"amends": _former(agreement.amends)} if agreement.amends else {}),
            **({"renews": _former(agreement.renews)} if agreement.renews else {}),
        }
    )


def _former(agreement):
    """The very text that was signed before: an amendment amends nothing else."""
    return {"id": str(agreement.uuid), "title": json.loads(agreement.frozen_text)["facts"]["title"]} | {
        "sha256": agreement.sha256,
        "signed_on": str(timezone.localdate(agreement.signed_at)),
    }


def sha256_of(text):
    return hash_of(text)


def unpaid_difference(agreement):
    """What the instalments of a transfer lack to make its amount, in euros; 0 where they agree."""
    planned = agreement.instalments.aggregate(total=Sum("amount"))["total"] or 0
    return (agreement.amount or 0) - planned
