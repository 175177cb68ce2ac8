import pytest

from maillage.charters import register
from maillage.charters.models import RegisterEntry
from tests.factories.charters import signed
from tests.factories.organisations import MembershipFactory


@pytest.fixture
def amina_signed(entraide, amina, now):
    """Amina has signed the national text for her association, with a confirmed mandate."""
    return signed(organisation=entraide, email="amina@exemple.org", first_name="Amina", last_name="Benali", at=now)


@pytest.fixture
def bachir(entraide, amina):
    """A second manager of Amina's association: she may leave."""
    membership = MembershipFactory(organisation=entraide, manager=True)
    membership.user.first_name, membership.user.last_name = "Bachir", "Second"
    membership.user.save()
    return membership.user


@pytest.fixture
def register_file(client):
    """`register_file()`: the public register, as anybody downloads it; checked."""

    def register_file():
        content = b"".join(client.get("/charte/registre.ndjson").streaming_content)
        assert register.verify(content.decode().splitlines()).is_whole
        assert content.count(b"\n") == RegisterEntry.objects.count()
        return content

    return register_file
