"""Maps: Leaflet, as its package ships it, made ready to be served beside our own scripts."""

import re
import shutil
from pathlib import Path

_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*$")


def build(target: Path) -> None:
    """Copy the script, the style and its pictures into `target`; no other file is needed."""
    from xstatic.pkg import leaflet  # type: ignore[import-untyped]

    source, folder = Path(leaflet.BASE_DIR), target / "leaflet"
    folder.mkdir(parents=True, exist_ok=True)
    script = (source / "leaflet.js").read_text(encoding="utf-8")
    # The map of the source is larger than the script and not served, so nothing may point to it.
    (folder / "leaflet.js").write_text(_SOURCE_MAP.sub("", script), encoding="utf-8")
    shutil.copyfile(source / "leaflet.css", folder / "leaflet.css")
    shutil.copytree(source / "images", folder / "images", dirs_exist_ok=True)
