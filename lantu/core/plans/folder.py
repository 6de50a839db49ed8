"""Folders: read a plan whole, and name everything that is wrong with it."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.errors import ContentError
from lantu.core.judging.records import Plan
from lantu.core.judging.rulesets import names as rule_sets
from lantu.core.plans import checks, outline, tables
from lantu.core.plans.commitments import choice, code, commitment, text, whole, words
from lantu.core.plans.faults import Faults
from lantu.core.plans.projects import project
from lantu.core.plans.records import Paper, PlanCommitment, PlanFolder, PlanProject, Words, Zone

SHIPPED = Path(__file__).resolve().parents[3] / "plans"
MOST_COMMITMENTS = 5_000
LEVELS = ("city", "zone", "sector", "annual")
PLAN_KEYS = {
    "name", "zone", "title", "invented", "period", "outlook", "rules", "document", "scopes",
    "departments", "level", "parent",
}  # fmt: skip


def find(name: str) -> Path:
    """The folder of a plan, by path or by the name of a shipped plan.

    Raises ContentError where there is none.
    """
    for path in (Path(name), SHIPPED / name):
        if (path / "plan.yaml").is_file():
            return path
    raise ContentError(
        name, "There is no plan folder with a plan.yaml here.", "Check the path or the name."
    )


def shipped() -> list[Path]:
    """The plans that come with this software."""
    return sorted(path.parent for path in SHIPPED.glob("*/plan.yaml"))


def shipped_zones() -> set[str]:
    """The short names of the zones that these plans are for."""
    heads = [content.read(path / "plan.yaml", f"{path.name}/plan.yaml") for path in shipped()]
    return {code(head.need("zone").need("slug")) for head in heads}


def read_folder(path: Path) -> PlanFolder:
    """Read a plan. Raises ContentError for the first thing that is wrong."""
    found, faults = _read(path, None)
    if faults.found:
        raise faults.found[0]
    assert found is not None  # without a plan there is a fault
    return found


def check_folder(path: Path, document: str | None = None) -> list[ContentError]:
    """Everything that is wrong with a folder. With the document's text, places are checked too."""
    return _read(path, document)[1].found


def _read(path: Path, document: str | None) -> tuple[PlanFolder | None, Faults]:
    faults = Faults()
    with faults.kept():
        plan = _plan(content.read(path / "plan.yaml", f"{path.name}/plan.yaml"))
        plan = replace(
            plan,
            commitments=tuple(_commitments(path, faults)),
            projects=tuple(_projects(path, faults)),
            observations=tables.observations(
                path / "observations.csv",
                f"{path.name}/observations.csv",
                faults,
                invented=plan.invented,
            ),
            events=tables.events(path / "events.csv", f"{path.name}/events.csv", faults),
            outline=outline.read(path / outline.FILE, f"{path.name}/{outline.FILE}", faults),
        )
        checks.whole(plan, faults, f"{path.name}/plan.yaml")
        if document is not None:
            checks.places(plan, document, faults)
        return plan, faults
    return None, faults


def _plan(root: Entry) -> PlanFolder:
    root.only(PLAN_KEYS)
    zone, period = root.need("zone"), root.need("period")
    zone.only({"slug", "zh", "en"})
    period.only({"start", "end"})
    years = Plan(period.need("start").integer(), period.need("end").integer())
    if years.end < years.start:
        raise period.fail(f"The plan ends in {years.end}, before it starts.", "Mend the years.")
    invented, rules = root.get("invented"), text(root, "rules") or rule_sets()[0]
    if rules not in rule_sets():
        raise root.need("rules").fail(
            f"The rule set {rules!r} is not known.", f"Use one of: {', '.join(rule_sets())}."
        )
    return PlanFolder(
        name=code(root.need("name")),
        zone=Zone(
            code(zone.need("slug")), {"zh": zone.need("zh").text(), "en": zone.need("en").text()}
        ),
        title=words(root.need("title")),
        invented=invented is not None and invented.truth(),
        period=years,
        outlook=whole(root, "outlook"),
        rules=rules,
        document=_paper(root.need("document")),
        **_nested(root, years),
        scopes=_scopes(root.get("scopes")),
        departments=_departments(root.get("departments")),
    )


def _nested(root: Entry, years: Plan) -> dict[str, Any]:
    """The level of a plan and the plan it carries out; most plans are a zone's own."""
    level, parent = choice(root, "level", LEVELS) or "zone", text(root, "parent")
    if level in ("sector", "annual") and not parent:
        raise root.fail(f"A plan of the level {level} has no `parent`.", "Name the plan above it.")
    if level == "annual" and years.start != years.end:
        raise root.need("period").fail(
            f"An annual plan runs from {years.start} to {years.end}.", "Give it one year."
        )
    return {"level": level, "parent": parent}


def _paper(entry: Entry) -> Paper:
    entry.only({"title", "number", "issued", "sha256", "characters", "url"})
    issued, digest = entry.get("issued"), text(entry, "sha256")
    if digest and (len(digest) != 64 or not all(c in "0123456789abcdef" for c in digest)):
        raise entry.need("sha256").fail(f"{digest!r} is not a SHA-256.", "Write 64 hex digits.")
    return Paper(
        entry.need("title").text(),
        text(entry, "number"),
        None if issued is None else issued.day(),
        digest,
        whole(entry, "characters"),
        text(entry, "url"),
    )


def _scopes(entry: Entry | None) -> dict[str, dict[str, Words]]:
    found: dict[str, dict[str, Words]] = {}
    for slug, scope in ({} if entry is None else entry.mapping()).items():
        scope.only({"zh", "en", "note"})
        note = scope.get("note")
        label = {"zh": scope.need("zh").text(), "en": scope.need("en").text()}
        found[slug] = {"name": label, "note": {} if note is None else words(note)}
    return found


def _departments(entry: Entry | None) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for one in [] if entry is None else entry.items():
        one.only({"slug", "zh", "en"})
        found[code(one.need("slug"))] = {
            "zh": one.need("zh").text(),
            "en": one.need("en").text(),
        }
    return found


def _commitments(path: Path, faults: Faults) -> list[PlanCommitment]:
    found: list[PlanCommitment] = []
    for file in sorted((path / "commitments").glob("*.yaml")):
        with faults.kept():
            root = content.read(file, f"{path.name}/commitments/{file.name}")
            root.only({"chapter", "section", "commitments"})
            chapter, section = root.need("chapter").text(), text(root, "section")

            def read(entry: Entry, chapter: str = chapter, section: str = section) -> None:
                found.append(commitment(entry, chapter, section))

            faults.each(root.need("commitments").items(), read)
    if len(found) > MOST_COMMITMENTS:
        faults.add(path.name, f"There are {len(found):,} commitments.", "5,000 is the most.")
    return found


def _projects(path: Path, faults: Faults) -> list[PlanProject]:
    found: list[PlanProject] = []
    file = path / "projects.yaml"
    if file.exists():
        root = content.read(file, f"{path.name}/projects.yaml")
        root.only({"projects"})

        def read(entry: Entry) -> None:
            found.append(project(entry))

        faults.each(root.need("projects").items(), read)
    return found


def fingerprint(path: Path) -> str:
    """The SHA-256 over all files of a folder, by which a change is noticed."""
    digest: Any = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file() and file.suffix in (".yaml", ".csv", ".geojson"):
            digest.update(str(file.relative_to(path)).encode() + b"\0" + file.read_bytes() + b"\0")
    return str(digest.hexdigest())
