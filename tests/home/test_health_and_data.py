"""Is the machine well, and are its data what the code believes?"""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from maillage.charters.models import Article, RegisterEntry
from tests.factories.charters import signed

pytestmark = pytest.mark.django_db


def test_a_machine_that_is_well(client, entraide, amina):
    signed(organisation=entraide, email="amina@exemple.org")
    answer = client.get("/sante/").json()
    assert answer["status"] == "ok"
    assert answer["register"] == {"entries": 1, "head": RegisterEntry.objects.get().hash}
    assert answer["queue"]["late"] == 0


def test_messages_that_do_not_leave_are_said(client, entraide, amina, now):
    signed(organisation=entraide, email="amina@exemple.org", at=now - datetime.timedelta(hours=1))
    answer = client.get("/sante/").json()
    assert answer["status"] == "late"
    assert answer["queue"]["late"] == 2


def test_a_database_that_does_not_answer_is_a_503(client, monkeypatch):
    from django.db import OperationalError

    def refuse(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/sante/")
    assert response.status_code == 503
    assert response.json() == {"status": "down", "database": "down"}


def test_check_data_finds_nothing_in_what_the_actions_made(entraide, amina, capsys):
    signed(organisation=entraide, email="amina@exemple.org")
    call_command("check_data")
    assert "Aucune anomalie" in capsys.readouterr().out


def test_check_data_names_what_was_changed_by_hand(entraide, amina, capsys):
    signed(organisation=entraide, email="amina@exemple.org")
    Article.objects.filter(key="avec").update(text="Sans eux.")
    type(entraide).objects.update(rna="W1")
    with pytest.raises(CommandError, match="2 anomalie"):
        call_command("check_data")
    printed = capsys.readouterr().out
    assert "national/1" in printed
    assert "RNA" in printed
