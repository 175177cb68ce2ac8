"""A backup as one file: the rows of one moment, the files of the data folder, and a manifest that comes last.

The file is a gzipped tar. `manifest.json` closes it and holds the SHA-256 and the size of every member, so a file
that was cut, or changed anywhere, is refused before anything is written.
"""

import datetime
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from maillage.ui.page_cache import drop_public_pages

from . import rows

FORMAT = 1
MANIFEST = "manifest.json"
FILES = ("secret-key", "seal", "media", "private")
"""What the data folder keeps beside the database, and cannot be made again."""


class NotWhole(Exception):
    """The file is not a whole backup; the message says what is wrong, in French, for the operator."""


def migrations():
    """The migrations of the product's database, as `app.name`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def write_backup(path, *, at, say=lambda line: None):
    """Write a backup of this instance at ``path`` while it serves; returns the manifest.

    It appears under its name only when it is whole: a disk that fills up leaves the former backup as it was.
    """
    path = Path(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    manifest = {"format": FORMAT, "made_at": at.isoformat(), "engine": connection.vendor, "members": {}}
    try:
        with tarfile.open(partial, "w:gz", compresslevel=6) as tar:
            with rows.snapshot():
                manifest["migrations"] = migrations()
                manifest["tables"] = {}
                for model in rows.kept_models():
                    _add_table(tar, model, manifest)
                    say(f"{model._meta.label} : {manifest['tables'][model._meta.label]['rows']}")
            for file in _files():
                _add(tar, f"files/{file.relative_to(settings.VAR).as_posix()}", file.open("rb"), manifest)
            content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            info = tarfile.TarInfo(MANIFEST)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _add_table(tar, model, manifest):
    with tempfile.TemporaryFile() as spool:
        count = 0
        for line in rows.dump(model):
            spool.write(line.encode())
            count += 1
        name = f"rows/{model._meta.label}.jsonl"
        _add(tar, name, spool, manifest)
    manifest["tables"][model._meta.label] = {"rows": count, "columns": rows.columns(model), "member": name}


def _add(tar, name, stream, manifest):
    with stream:
        digest = hashlib.sha256()
        stream.seek(0)
        while block := stream.read(1 << 20):
            digest.update(block)
        size = stream.tell()
        stream.seek(0)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        info.mtime = int(datetime.datetime.now(datetime.UTC).timestamp())
        tar.addfile(info, stream)
    manifest["members"][name] = {"sha256": digest.hexdigest(), "size": size}


def _files():
    for name in FILES:
        place = Path(settings.VAR) / name
        if place.is_file():
            yield place
        elif place.is_dir():
            yield from sorted(file for file in place.rglob("*") if file.is_file() and not file.is_symlink())


def read_backup(path, folder):
    """Unpack the backup at ``path`` in ``folder`` and return its manifest. Raises NotWhole."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            for member in tar:
                _extract(tar, member, folder)
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise NotWhole(f"ce fichier n’est pas une sauvegarde, ou il a été coupé ({error})") from error
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        members = manifest["members"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotWhole("il manque la liste de son contenu : le fichier a été coupé") from error
    if manifest.get("format") != FORMAT:
        raise NotWhole("elle a été faite par une autre version de Maillage")
    for name, expected in members.items():
        member = folder / name
        if not member.is_file():
            raise NotWhole(f"il manque {name}")
        if hashlib.sha256(member.read_bytes()).hexdigest() != expected["sha256"]:
            raise NotWhole(f"{name} a été modifié")
    return manifest


def _extract(tar, member, folder):
    """One plain file, inside ``folder``; Debian 12's tarfile has no filter that would see to it."""
    target = (folder / member.name).resolve()
    if not member.isfile() or not target.is_relative_to(folder.resolve()):
        raise NotWhole(f"elle contient autre chose que des fichiers ({member.name})")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as written:
        shutil.copyfileobj(tar.extractfile(member), written)
    target.chmod(0o600)


def restore_backup(path, *, check, say=lambda line: None):
    """Put the backup at ``path`` in place of what this instance holds; returns the manifest.

    ``check`` is called on the restored rows, before they are kept: what it raises undoes everything. Raises NotWhole.
    """
    with tempfile.TemporaryDirectory(dir=_work_folder()) as unpacked:
        folder = Path(unpacked)
        manifest = read_backup(path, folder)
        _refuse_other_migrations(manifest)
        with transaction.atomic():
            rows.empty_tables()
            _load_tables(manifest, folder, say)
            rows.reset_sequences()
            connection.check_constraints()
            check()
            drop_public_pages()
        _put_files(folder / "files")
    return manifest


def _work_folder():
    # On the disk of the data folder, so that files are moved and not copied again.
    var = Path(settings.VAR)
    var.mkdir(parents=True, exist_ok=True)
    return var


def _refuse_other_migrations(manifest):
    here, there = set(migrations()), set(manifest["migrations"])
    if here != there:
        missing = ", ".join(sorted(here ^ there)[:3])
        raise NotWhole(
            f"elle a été faite par une autre version du programme ({missing}…) : restaurez-la avec cette version,"
            " puis mettez à jour"
        )


def _load_tables(manifest, folder, say):
    models = {model._meta.label: model for model in rows.kept_models()}
    for label, table in manifest["tables"].items():
        if label not in models:
            raise NotWhole(f"la table {label} n’existe pas ici")
        with (folder / table["member"]).open(encoding="utf-8") as lines:
            count = rows.load(models[label], table["columns"], lines)
        if count != table["rows"]:
            raise NotWhole(f"la table {label} devrait avoir {table['rows']} lignes, elle en a {count}")
        say(f"{label} : {count}")


def _put_files(source):
    for name in FILES:
        restored, place = source / name, Path(settings.VAR) / name
        if not restored.exists():
            continue
        if place.is_dir():
            shutil.rmtree(place)
        elif place.exists():
            place.unlink()
        shutil.move(restored, place)


def is_empty():
    """Whether this instance holds nobody yet: what `restore` may fill without being told twice."""
    from django.contrib.auth import get_user_model

    return not get_user_model()._base_manager.exists()
