"""The data of a published copy: what the portal answers, figure by figure."""

import csv
import io
import json
import re
from datetime import date
from html import unescape

from lantu.cli.publish_data import write_data
from lantu.cli.publish_files import Files
from lantu.cli.publish_pages import Site
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation


def test_the_data_of_a_series_are_those_of_the_portal(client, qinghe, tmp_path):
    files = Files(tmp_path)
    series = next(
        iter(
            re.findall(
                r'href="([^"]*facts/series/[^"]*)"', client.get("/z/qinghe/facts/").content.decode()
            )
        )
    )
    address = f"{unescape(series)}&export="

    write_data(files, "qinghe")

    site = Site(files, "zh", "qinghe")
    for form in ("csv", "json"):
        place = site.place(address + form)
        assert place is not None and place.endswith(form)
        assert (tmp_path / place).read_bytes() == client.get(address + form).content


def test_the_sdmx_of_the_copy_says_what_the_portal_answers(client, clerk, qinghe, tmp_path):
    replaced = Observation.objects.filter(zone=qinghe, supersedes=None).last()
    supersede(
        replaced, value=replaced.value + 1, reason="misprint", known_on=date(2026, 1, 5), by=clerk
    )

    printed_twice = """indicator,subject,period,value,unit,kind,source_title
棚数,青禾示范区,2022,3,座,level,年鉴
棚数,青禾示范区,2023,5,座,level,公报
棚数,青禾示范区,2022,4,座,level,公报
棚数,青禾示范区,2023,6,座,level,年鉴
棚数,青禾示范区,2023,6.5,座,level,年鉴
"""
    import_file(qinghe, printed_twice.encode(), name="sheds.csv", by=clerk)

    write_data(Files(tmp_path), "qinghe")

    name = "/sdmx/data/dataflow/LANTU/FACTS_QINGHE/1.0.0/*"
    asked = client.get(name, headers={"accept": "text/csv"})
    live = csv.DictReader(io.StringIO(b"".join(asked.streaming_content).decode()))
    data = tmp_path / "data/qinghe"
    copied = list(
        csv.DictReader(io.StringIO((data / "facts.sdmx.csv").read_text(encoding="utf-8")))
    )
    message = json.loads((data / "facts.sdmx.json").read_text(encoding="utf-8"))["data"]
    assert key_sorted(copied) == key_sorted(live)
    assert {row["PRINTING"] for row in copied} == {"1", "2", "3"}
    assert len(message["dataSets"][0]["observations"]) == len(copied)


def key_sorted(rows) -> list[tuple[str, ...]]:
    return sorted(tuple(row.values()) for row in rows)
