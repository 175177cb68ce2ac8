"""What stands there on the first day: four stakes with their sources, sixteen numbered places, empty."""

import tomllib
from pathlib import Path

DATA = Path(__file__).parent / "data" / "stakes.toml"
PROPOSALS = 16


def lay_ground(**_signal):
    """Called after `migrate`; what an editor changed is never put back."""
    from .models import Proposal, Stake

    if Stake.objects.exists() or Proposal.objects.exists():
        return
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    Stake.objects.bulk_create(Stake(**row) for row in told["stakes"])
    Proposal.objects.bulk_create(Proposal(number=number) for number in range(1, PROPOSALS + 1))
