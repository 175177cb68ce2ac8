"""What stands in the directory on the first day: the schemes of the country, in our words, unchecked."""

import tomllib
from pathlib import Path

DATA = Path(__file__).parent / "data" / "schemes.toml"


def lay_ground(**_signal):
    """Called after `migrate`: writes the schemes where there is none. What an editor changed is never put back."""
    from .models import SupportScheme

    if SupportScheme.objects.exists():
        return
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    SupportScheme.objects.bulk_create(SupportScheme(**row) for row in told["schemes"])
