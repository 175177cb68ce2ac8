import threading

import pytest

from maillage.national_register import search, snapshots
from maillage.national_register.refusals import RegisterRefused
from tests.factories.register import csv_of, rows_of


def test_who_reads_notices_the_new_one(register):
    register("ANCIENNE")
    assert search.find("ancienne")
    register("NOUVELLE")
    assert [found.name for found in search.find("nouvelle")] == ["NOUVELLE"]
    assert search.find("ancienne") == []


def test_who_was_reading_goes_on_with_the_former_one(register):
    register("ANCIENNE")
    reading = snapshots.current()
    register("NOUVELLE")
    assert reading.rows.execute("SELECT title FROM association").fetchone()[0] == "ANCIENNE"
    assert reading.searcher.num_docs == 1


def test_one_former_snapshot_stays(register, own_folder):
    names = []
    for title in ("UN", "DEUX", "TROIS"):
        register(title)
        names.append(snapshots.current_name())
    assert {path.name for path in (own_folder / "register").iterdir()} == {*names[1:], "current", "lock"}


def test_searches_never_fail_while_registers_follow_each_other(register):
    register("JARDIN 0")
    wrong, seen, stop = [], set(), threading.Event()

    def read():
        while not stop.is_set():
            try:
                seen.update(found.name for found in search.find("jardin"))
            except Exception as error:
                wrong.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(1, 6):
        register(f"JARDIN {n}")
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(seen) > 1


def test_two_imports_at_once_are_refused(register):
    register("UN")
    with snapshots.building(), pytest.raises(RegisterRefused, match="Une autre importation"):
        register("DEUX")
    assert [found.name for found in search.find("un")] == ["UN"]


def test_what_a_killed_import_left_behind_goes_with_the_next(register, own_folder):
    left = own_folder / "register" / "building-1"
    left.mkdir(parents=True)
    (left / "half").write_text("x")
    register("UN")
    assert not left.exists()


def test_an_import_that_fails_in_the_middle_leaves_the_former_one(import_file, register):
    register("ANCIENNE")
    content = csv_of(rows_of(*(f"CLUB {n}" for n in range(1, 9000)))) + b"\0" * 100
    with pytest.raises(RegisterRefused, match="pas du texte"):
        import_file(content)
    assert search.find("ancienne")
