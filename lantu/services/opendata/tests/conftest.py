"""How the tests of open data ask, as a program elsewhere would."""

import csv
import io

import pytest


@pytest.fixture(autouse=True)
def no_catalogue_kept():
    """A test may take away records without an act, by which the catalogue would be written anew."""
    from lantu.services.opendata.views import catalogue_text

    catalogue_text.cache_clear()


@pytest.fixture
def ask(client):
    """Ask for an address in a form; gives the status and the whole body."""

    def asked(address, accept="*/*"):
        response = client.get(address, headers={"accept": accept})
        return response.status_code, b"".join(response) if response.streaming else response.content

    return asked


@pytest.fixture
def table(ask):
    def read(address):
        status, body = ask(address, "text/csv")
        assert status == 200, body
        return list(csv.DictReader(io.StringIO(body.decode())))

    return read
