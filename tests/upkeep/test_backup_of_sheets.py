"""Signed sheets come back from a backup: they prove signatures, and nothing can make them again."""

import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from maillage.charters.models import Gathering
from tests.factories.charters import PDF_SHEET, on_paper
from tests.harness.outcome import data_is_sound

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sheet_lost_comes_back_private_and_whole(sign_in, client, tmp_path, elsa, entraide, now):
    gathering = on_paper(actor=elsa, organisation=entraide, at=now)
    path = tmp_path / "sauvegarde.tar.gz"
    call_command("backup", str(path))
    with tarfile.open(path) as tar:
        names = tar.getnames()
    assert f"files/private/feuilles/{gathering.uuid}.pdf" in names

    Path(gathering.scan.path).unlink()
    Gathering.objects.update(scan_sha256="0" * 64)
    call_command("restore", str(path), "--replace")

    found = Gathering.objects.get()
    kept = Path(found.scan.path)
    assert kept.read_bytes() == PDF_SHEET
    assert kept.is_relative_to(settings.PRIVATE_ROOT)
    assert kept.stat().st_mode & 0o077 == 0
    address = reverse("charters:gathering-scan", args=[found.uuid])
    assert b"".join(sign_in(type(elsa).objects.get(pk=elsa.pk)).get(address).streaming_content) == PDF_SHEET
    assert client.get(address).status_code == 302
    assert data_is_sound()
