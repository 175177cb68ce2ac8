"""Backup and restore: a round trip that loses nothing, and refusals that change nothing."""

import tarfile
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from maillage.accounts.models import User
from maillage.charters.models import RegisterEntry, Signature
from maillage.demo.story import tell_story
from maillage.organisations.models import Organisation
from maillage.upkeep import archive, rows
from tests.factories.charters import national, signed
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def contents():
    """Everything that a backup keeps, as text."""
    return {model._meta.label: list(rows.dump(model)) for model in rows.kept_models()}


@pytest.fixture
def backup(tmp_path, data_folder):
    """A backup of the demo town, with a file of the data folder."""
    tell_story(seed=4, stage="adapted", at=timezone.now(), say=lambda *_: None)
    (data_folder / "media" / "photo.txt").write_text("une photo")
    path = tmp_path / "sauvegarde.tar.gz"
    call_command("backup", str(path))
    return path


def test_the_round_trip_of_the_demo_loses_nothing(backup, data_folder, capsys):
    before = contents()
    signed(national_again(), email="apres@exemple.org")
    (data_folder / "media" / "photo.txt").unlink()
    assert contents() != before

    call_command("restore", str(backup), "--replace")

    assert contents() == before
    assert (data_folder / "media" / "photo.txt").read_text() == "une photo"
    call_command("check_data")
    # Numbers go on after the ones that were restored.
    assert OrganisationFactory().pk > max(Organisation.objects.values_list("pk", flat=True)) - 1
    signed(email="encore@exemple.org")


def national_again():
    from maillage.charters.models import CharterVersion

    return CharterVersion.objects.national().current().get()


def test_people_are_not_overwritten_without_being_told(backup):
    User.objects.filter(email="chloe@demo.example").update(first_name="Chloé-Rose")
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(backup))
    assert User.objects.filter(first_name="Chloé-Rose").exists()


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_a_backup_that_was_cut_is_refused_and_nothing_changes(backup, share):
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])
    before = contents()
    with pytest.raises(CommandError, match="refusée"):
        call_command("restore", str(backup), "--replace")
    assert contents() == before


@pytest.mark.parametrize("content", [b"", b"bonjour", b"\x1f\x8b\x08\x00" + b"\x00" * 400])
def test_what_is_not_a_backup_is_refused(tmp_path, content):
    path = tmp_path / "autre.tar.gz"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="refusée"):
        call_command("restore", str(path))


def repack(path, change):
    """Rewrite the archive, each member's content passed through ``change(name, content)``."""
    import io

    with tarfile.open(path) as tar:
        members = [(info, tar.extractfile(info).read()) for info in tar]
    with tarfile.open(path, "w:gz") as tar:
        for info, content in members:
            changed = change(info.name, content)
            info.size = len(changed)
            tar.addfile(info, io.BytesIO(changed))


def test_a_row_changed_in_the_file_is_named(backup):
    repack(backup, lambda name, c: c.replace(b"Entraide", b"Intruse!") if "Organisation.jsonl" in name else c)
    with pytest.raises(CommandError, match=r"Organisation\.jsonl a été modifié"):
        call_command("restore", str(backup), "--replace")


def test_a_forged_register_is_refused_even_with_a_forged_manifest(backup):
    import hashlib
    import json

    forged = {}

    def forge(name, content):
        if name == "rows/charters.RegisterEntry.jsonl":
            content = content.replace("Vélo pour toutes".encode(), "Vélo pour aucune".encode())
            forged["sha256"] = hashlib.sha256(content).hexdigest()
        if name == archive.MANIFEST:
            manifest = json.loads(content)
            manifest["members"]["rows/charters.RegisterEntry.jsonl"]["sha256"] = forged["sha256"]
            content = json.dumps(manifest).encode()
        return content

    repack(backup, forge)
    before = contents()
    with pytest.raises(CommandError, match="registre n’est pas authentique"):
        call_command("restore", str(backup), "--replace")
    assert contents() == before, "the transaction was undone"


def test_a_file_that_would_leave_its_folder_is_refused(tmp_path):
    import io

    path = tmp_path / "malin.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        info = tarfile.TarInfo("../dehors")
        info.size = 3
        tar.addfile(info, io.BytesIO(b"non"))
    with pytest.raises(CommandError, match="autre chose"):
        call_command("restore", str(path))
    assert not (tmp_path / "dehors").exists()


def test_the_site_signs_while_it_is_saved(tmp_path):
    """Signatures go on during the backup; what it holds is one moment: the register is whole."""
    version = national()
    for number in range(5):
        signed(version, email=f"avant-{number}@exemple.org")
    started, failures = threading.Event(), []

    def sign_on():
        try:
            started.wait(20)
            for number in range(5):
                signed(version, email=f"pendant-{number}@exemple.org")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=sign_on)
    thread.start()

    def say(line):
        # From the first table on, somebody signs; wait for them in the middle of the snapshot.
        if not started.is_set():
            started.set()
            thread.join(30)

    path = tmp_path / "pendant.tar.gz"
    archive.write_backup(path, at=timezone.now(), say=say)
    assert failures == []
    assert Signature.objects.count() == 10
    call_command("restore", str(path), "--replace")
    assert Signature.objects.count() == RegisterEntry.objects.count() == 5
