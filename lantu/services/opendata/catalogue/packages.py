"""Data sets, their resources and their zones in the shapes in which CKAN tells them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from lantu.kernel.access.models import Zone
from lantu.services.opendata.catalogue.finding import stamp
from lantu.services.opendata.queries import Dataset, Distribution

Json = dict[str, Any]


def package(one: Dataset, root: str) -> Json:
    """A data set with its resources."""
    licence = settings.DATA_LICENCE
    extras = {
        "temporal_start": one.first,
        "temporal_end": one.last,
        "in_series": one.whole or None,
    }
    return {
        "id": one.id,
        "name": one.id,
        "title": one.title["zh"],
        "title_translated": {"zh_CN": one.title["zh"], "en": one.title["en"]},
        "notes": one.about["zh"],
        "notes_translated": {"zh_CN": one.about["zh"], "en": one.about["en"]},
        "author": one.place["zh"],
        "maintainer": one.place["zh"],
        "type": "dataset",
        "state": "active",
        "private": False,
        "version": None,
        "isopen": False,  # nobody has said that it is, unless a licence is named
        "license_id": licence or "notspecified",
        "license_title": licence or None,
        "license_url": licence or None,
        "url": f"{root}/z/{one.zone}/data/",
        "metadata_modified": stamp(one) or None,
        "owner_org": one.zone,
        "organization": organization(one.zone, one.place),
        "groups": [],
        "tags": [tag(one.kind)],
        "num_tags": 1,
        "num_resources": len(one.distributions),
        "resources": [resource(one, number, root) for number in range(len(one.distributions))],
        "extras": [
            {"key": key, "value": str(value)} for key, value in extras.items() if value is not None
        ],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def tag(name: str) -> Json:
    """A kind of data set; it is in no vocabulary."""
    return {
        "id": name, "name": name, "display_name": name, "state": "active", "vocabulary_id": None,
    }  # fmt: skip


def resource(one: Dataset, number: int, root: str) -> Json:
    """One form of a data set, which is fetched from its `url`."""
    form: Distribution = one.distributions[number]
    return {
        "id": f"{one.id}.{number + 1}",
        "package_id": one.id,
        "name": form.key,
        "description": one.title["zh"],
        "format": form.key.upper(),
        "mimetype": form.media_type,
        "url": root + form.path,
        "position": number,
        "state": "active",
        "last_modified": stamp(one) or None,
        "size": None,  # it is written when it is asked for
        "hash": "",
        "datastore_active": False,
        "conforms_to": form.standard or None,
    }


def organization(slug: str, words: Mapping[str, str]) -> Json:
    """A zone, which answers for its data sets."""
    return {
        "id": slug,
        "name": slug,
        "title": words["zh"],
        "display_name": words["zh"],
        "title_translated": {"zh_CN": words["zh"], "en": words["en"]},
        "description": "",
        "image_url": "",
        "image_display_url": "",
        "type": "organization",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def of_zone(zone: Zone) -> Json:
    """A zone as an organization."""
    return organization(zone.slug, {"zh": zone.zh, "en": zone.en})
