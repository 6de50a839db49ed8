"""A zone's data sets in the words of schema.org, for search engines."""

from collections.abc import Sequence
from typing import Any

from lantu.services.opendata.queries import Dataset


def schema_org(found: Sequence[Dataset], root: str, *, licence: str) -> dict[str, Any]:
    """One data catalogue with its data sets; what is not known is left out."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": "蓝图开放数据目录",
        "url": f"{root}/catalog.jsonld",
        "dataset": [_dataset(one, root, licence) for one in found],
    }


def _dataset(one: Dataset, root: str, licence: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{root}/catalog#{one.id}",
        # Search engines take a name for text only, so the other language is a second name.
        "name": one.title["zh"],
        "alternateName": one.title["en"],
        # Search engines ask for at least fifty characters.
        "description": f"{one.title['zh']}。{one.about['zh']} {one.title['en']}. {one.about['en']}",
        "identifier": one.id,
        "url": f"{root}/z/{one.zone}/data/",
        "isAccessibleForFree": True,
        "keywords": [*one.place.values(), *one.name.values()],
        "variableMeasured": [{"@type": "PropertyValue", **_named(words)} for words in one.measured],
        "inLanguage": ["zh", "en"],
        "spatialCoverage": {"@type": "Place", **_named(one.place)},
        "creator": _publisher(one, root),
        "publisher": _publisher(one, root),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form.media_type,
                "contentUrl": root + form.path,
            }
            for form in one.distributions
        ],
    }
    if one.first is not None and one.last is not None:
        told["temporalCoverage"] = f"{one.first}/{one.last}"
    if one.modified is not None:
        told["dateModified"] = one.modified.isoformat()
    if one.whole:
        told["isPartOf"] = {"@id": f"{root}/catalog#{one.whole}"}
    if licence:
        told["license"] = licence
    return told


def _publisher(one: Dataset, root: str) -> dict[str, Any]:
    """The zone: it answers for its data."""
    return {"@type": "Organization", **_named(one.place), "url": f"{root}/z/{one.zone}/"}


def _named(words: dict[str, str]) -> dict[str, str]:
    return {"name": words["zh"], "alternateName": words["en"]}
