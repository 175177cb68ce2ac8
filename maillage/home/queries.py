"""What moves: the latest public events of the texts and their signatures."""

from maillage.charters.models import CharterVersion, Signature


def latest_signatures(user, limit=3):
    return (
        Signature.objects.visible_to(user)
        .standing()
        .select_related("organisation", "version__adaptation")
        .order_by("-signed_at")[:limit]
    )


def latest_texts(user, limit=2):
    """Adopted adaptations, newest first."""
    return (
        CharterVersion.objects.visible_to(user)
        .current()
        .exclude(adaptation=None)
        .select_related("adaptation")
        .with_signature_count()
        .order_by("-published_at")[:limit]
    )


def has_text_to_sign():
    """Whether the national text is in force: on a new platform it is still to be written, and nobody can sign."""
    return CharterVersion.objects.national().in_force().exists()


def figures(user):
    """Standing signatures, adaptations in force, organisations: what the front page counts."""
    from maillage.organisations.models import Organisation

    return {
        "signatures": Signature.objects.standing().latest().count(),
        "adaptations": CharterVersion.objects.exclude(adaptation=None).in_force().count(),
        "organisations": Organisation.objects.visible_to(user).listed().associations().count(),
    }
