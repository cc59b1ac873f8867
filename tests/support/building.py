"""Builds into ``tmp_path / "store"``, and what is in it afterwards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kg.build import Options, Tally, build
from kg.store.embedded import Store
from kg.store.manifest import Entry, Manifest
from tests.support.made import BODY


def built(tmp_path: Path, *inputs: Path | str, **options) -> Tally:
    with Store(tmp_path / "store", write=True) as store:
        return build([str(i) for i in inputs], store, Options(**options))


def quads(tmp_path: Path) -> set:
    with Store(tmp_path / "store") as store:
        return set(store.quads())


def paths(tmp_path: Path) -> list[str]:
    """Return the names of the files that the store's articles come from, sorted."""
    with Store(tmp_path / "store") as store:
        rows = store.query("SELECT ?p { ?a <https://w3id.org/lagebild/ontology#sourcePath> ?p }")
        return sorted(Path(row["p"].value).name for row in rows)


def texts(tmp_path: Path) -> list[str]:
    """Return the last line of every article, sorted."""
    with Store(tmp_path / "store") as store:
        rows = store.query("SELECT ?t { ?a a <https://schema.org/NewsArticle> ; ?p ?t FILTER(STRLEN(STR(?t)) > 200) }")
        return sorted(row["t"].value.rpartition("\n")[2] for row in rows)


def entries(tmp_path: Path) -> list[Entry]:
    return list(Manifest(tmp_path / "store"))


def outcomes(tally: Tally) -> dict[str, int]:
    return dict(Counter(tally.counts))


def write(file: Path, says: str) -> Path:
    """Write an article whose last line is ``says``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{BODY}\n\n{says}\n", encoding="utf8")
    return file
