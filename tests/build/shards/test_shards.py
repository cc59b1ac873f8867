"""A build in parts: whatever the number of shards and their order, the store holds what one build of all would."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.build import Options, Tally
from kg.build.shards import annotating
from kg.build.shards.annotating import annotate_shard
from kg.build.shards.division import Shard
from kg.build.shards.loading import load_shards
from kg.cli import main
from kg.errors import StoreError, UsageError
from kg.reading.formats import jsonl
from kg.store.embedded import Store
from kg.validation.quarantine import Quarantine
from tests.support.building import built, entries, outcomes, quads, write
from tests.support.made import BODY, write_reports

pytestmark = pytest.mark.usefixtures("fast")


def record(says: str, **values: str) -> str:
    return json.dumps({"text": f"{BODY}\n\n{says}", **values}) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return articles of every outcome: copies, versions of one URL, what fails, what doesn't conform, what is none."""
    folder = write_reports(tmp_path / "reports", *"abcdefgh")
    write(folder / "copy" / "a.txt", "Es berichtete Reporter a für die Zeitung in der Stadt.")
    write(folder / "wirft.txt", "Der Sprecher wirft der Miliz einen Angriff vor, hieß es in der Stadt.")
    write(folder / "stahl.txt", "Man stahl den Sieg aus der Stadt, sagte der Bote.")
    (folder / "empty.txt").write_text("")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "crawl.jsonl").write_text(
        record("Das war der erste Stand.", url="https://bote.example/1", published="2017-07-05")
        + record("Das war der zweite Stand.", url="https://bote.example/1", published="2017-07-06")
        + record("Das war ein anderer Bericht.", url="https://bote.example/2", published="2017-07-06")
        + "{}\n"
    )
    return folder


def sharded(tmp_path: Path, folder: Path, number: int, *, backwards: bool = False) -> str:
    """Annotate all shards; return their place."""
    place = tmp_path / f"shards-{number}"
    order = range(number, 0, -1) if backwards else range(1, number + 1)
    for n in order:
        annotate_shard([str(folder)], Shard(n, number), str(place), Options())
    return str(place)


def loaded(tmp_path: Path, place: str) -> Tally:
    with Store(tmp_path / "store", write=True) as store:
        return load_shards(place, store)


@pytest.mark.parametrize(("number", "backwards"), [(1, False), (2, False), (3, True), (16, True)])
def test_a_store_loaded_from_shards_is_the_store_of_one_build(tmp_path, folder, number, backwards):
    whole = built(tmp_path / "whole", folder)
    tally = loaded(tmp_path, sharded(tmp_path, folder, number, backwards=backwards))
    assert quads(tmp_path) == quads(tmp_path / "whole")
    assert entries(tmp_path) == entries(tmp_path / "whole")
    assert outcomes(tally) == outcomes(whole)
    assert tally.failures == whole.failures
    assert [c.report for c in tally.set_aside] == [c.report for c in whole.set_aside] != []
    with Store(tmp_path / "store") as store, Store(tmp_path / "whole" / "store") as other:
        messages = [[e.messages for e in Quarantine(s.quarantine).entries()] for s in (store, other)]
    assert messages[0] == messages[1]


@pytest.mark.parametrize("number", [1, 2])
def test_files_are_dealt_out_whole_where_there_are_many(tmp_path, number):
    folder = write_reports(tmp_path / "reports", *(f"nummer{n}" for n in range(8 * number)))
    built(tmp_path / "whole", folder)
    loaded(tmp_path, sharded(tmp_path, folder, number))
    assert quads(tmp_path) == quads(tmp_path / "whole")
    assert entries(tmp_path) == entries(tmp_path / "whole")


def test_each_record_of_a_large_file_is_gone_through_in_its_own_shard_alone(tmp_path, monkeypatch):
    (tmp_path / "many.jsonl").write_text("".join(record(f"Das war Bericht {n} aus der Stadt.") for n in range(30)))
    gone_through: list[str] = []
    draft_of = jsonl.draft_of
    monkeypatch.setattr(jsonl, "draft_of", lambda fields: gone_through.append(fields["text"]) or draft_of(fields))
    place = sharded(tmp_path, tmp_path / "many.jsonl", 4)
    assert len(gone_through) == len(set(gone_through)) == 30
    assert loaded(tmp_path, place).built == 30
    built(tmp_path / "whole", tmp_path / "many.jsonl")
    assert quads(tmp_path) == quads(tmp_path / "whole")


def test_loading_again_changes_nothing_and_a_build_finds_all_there(tmp_path, folder):
    place = sharded(tmp_path, folder, 2)
    assert loaded(tmp_path, place).built == 11
    before = quads(tmp_path)
    again = loaded(tmp_path, place)
    assert (again.built, again.unchanged) == (0, 11)
    assert built(tmp_path, folder).built == 0
    assert quads(tmp_path) == before


def test_only_a_shard_that_is_missing_or_outdated_is_made(tmp_path):
    folder = write_reports(tmp_path / "reports", *(f"nummer{n}" for n in range(40)))
    sharded(tmp_path, folder, 3)

    def made() -> list[bool]:
        return [annotate_shard([str(folder)], Shard(n, 3), str(tmp_path / "shards-3"), Options())[1] for n in (1, 2, 3)]

    assert made() == [False, False, False]
    (tmp_path / "shards-3" / "shard-00002-of-00003.nq.gz").unlink()
    assert made() == [False, True, False]
    annotate_shard([str(folder)], Shard(1, 3), str(tmp_path / "shards-3"), Options(base="https://example.org/"))
    assert made() == [True, False, False]
    write(folder / "nummer7.txt", "Das ist neu in der Stadt, und der Bote weiß es.")
    assert 1 <= sum(made()) <= 2  # the one that it was in, the one that it falls in now
    loaded(tmp_path, str(tmp_path / "shards-3"))
    built(tmp_path / "whole", folder)
    assert quads(tmp_path) == quads(tmp_path / "whole")


def test_a_shard_is_the_same_bytes_again(tmp_path, folder):
    names = [f"shard-0000{n}-of-00002.{ending}" for n in (1, 2) for ending in ("jsonl", "nq.gz")]
    made = [sharded(tmp_path / part, folder, 2) for part in ("one", "two")]
    assert [Path(made[0], name).read_bytes() for name in names] == [Path(made[1], name).read_bytes() for name in names]


def test_a_shard_that_breaks_off_leaves_nothing_and_is_made_again(tmp_path, folder, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(annotating, "_with_graph", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        sharded(tmp_path, folder, 1)
    assert not (tmp_path / "shards-1").exists()
    assert loaded(tmp_path, sharded(tmp_path, folder, 1)).built == 11


def test_a_manifest_says_what_was_made_of_what(tmp_path, folder):
    place = sharded(tmp_path, folder, 1)
    head, *lines = map(json.loads, Path(place, "shard-00001-of-00001.jsonl").read_text().splitlines())
    with gzip.open(Path(place, "shard-00001-of-00001.nq.gz")) as packed:
        number = len(packed.readlines())
    assert head["counts"] == {"empty": 1, "failed": 1, "kind": 1, "read": 13, "unreadable": 1}
    assert head["software"].startswith("Lagebild ")
    assert head["triples"] == number == sum(line.get("triples", 0) for line in lines)
    assert [failure.partition(": ")[0].rpartition("/")[2] for failure in head["failures"]] == [
        "crawl.jsonl, record 4", "empty.txt", "wirft.txt",
    ]  # fmt: skip


def remove(place: Path) -> None:
    (place / "shard-00002-of-00003.jsonl").unlink()


def damage(place: Path) -> None:
    with gzip.open(place / "shard-00002-of-00003.nq.gz", "wb") as file:
        file.write(b"")


def other_division(place: Path) -> None:
    (place / "shard-00001-of-00002.jsonl").write_text("{}\n")


def changed(place: Path, **values: object) -> None:
    file = place / "shard-00002-of-00003.jsonl"
    head, _, rest = file.read_text().partition("\n")
    file.write_text(f"{json.dumps({**json.loads(head), **values})}\n{rest}")


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (remove, UsageError, r"shard 2 missing: kg annotate --shard 2/3 INPUT -o "),
        (damage, StoreError, r"shard-00002-of-00003.nq.gz: missing or damaged: remove shard-00002-of-00003.jsonl and annotate"),
        (other_division, UsageError, r"holds shards of 2 and of 3: remove those of one division"),
        (lambda place: changed(place, run="x"), UsageError, r"shard 2 made by other software or otherwise than shard 1"),
        (lambda place: changed(place, listing="x"), UsageError, r"shard 2 made from other files than shard 1"),
        (lambda place: changed(place, version=9), UsageError, r"shard 2 missing"),
    ],
)  # fmt: skip
def test_shards_that_do_not_belong_together_are_named(tmp_path, folder, change, error, message):
    place = sharded(tmp_path, folder, 3)
    change(Path(place))
    with pytest.raises(error, match=message):
        loaded(tmp_path, place)


def test_an_article_whose_id_another_one_has_is_read_again_or_named(tmp_path):
    one, two = (write_reports(tmp_path / name, "bericht") for name in ("one", "two"))
    write(two / "bericht.txt", "Das ist ein anderer Bericht als der aus der Stadt.")
    built(tmp_path, one)
    place = sharded(tmp_path, two, 1)
    whole = tmp_path / "whole"
    built(whole, one)
    built(whole, two)
    (two / "bericht.txt").rename(two / "bericht.away")
    assert [f.partition("so it has to")[2] for f in loaded(tmp_path, place).failures] == [
        f" be read again: {two}/bericht.txt isn't here as it was"
    ]
    (two / "bericht.away").rename(two / "bericht.txt")
    assert loaded(tmp_path, place).built == 1
    assert quads(tmp_path) == quads(whole)


def test_shards_may_lie_behind_an_address(tmp_path, folder):
    place = f"memory://{tmp_path.name}/shards"
    with pytest.raises(UsageError, match="no shards here"):
        loaded(tmp_path, place)
    for n in (1, 2):
        annotate_shard([str(folder)], Shard(n, 2), place, Options())
    assert annotate_shard([str(folder)], Shard(2, 2), place, Options())[1] is False
    loaded(tmp_path, place)
    built(tmp_path / "whole", folder)
    assert quads(tmp_path) == quads(tmp_path / "whole")


@pytest.mark.parametrize("text", ["0/4", "5/4", "4", "1/0", "a/b", "-1/4", "1/100000"])
def test_what_names_no_shard_is_wrong_usage(text):
    with pytest.raises(UsageError, match="from 1/16 to 16/16"):
        Shard.parse(text)


def test_every_digest_belongs_to_one_shard():
    digests = [f"{n:064x}" for n in range(0, 5000, 7)]
    for of in (1, 2, 7, 64):
        assert {sum(Shard(n, of).holds(digest) for n in range(1, of + 1)) for digest in digests} == {1}


def test_the_commands_make_shards_and_load_them(tmp_path, folder, capsys):
    place, store = str(tmp_path / "parts"), str(tmp_path / "store")
    arguments = [str(folder), "-o", place]
    assert main(["annotate", "--shard", "2/2", *arguments]) in (0, 1)
    assert main(["load", place, "--store", store]) == 2
    assert not Path(store).exists()
    assert main(["annotate", "--shard", "1/2", *arguments]) in (0, 1)
    assert main(["annotate", "--shard", "1/2", *arguments]) in (0, 1)
    assert "there already, nothing to do" in capsys.readouterr().err.splitlines()[-1]
    assert main(["load", place, "--store", store, "--report", "-"]) == 1  # one article fails, one conforms in part only
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 17
    assert "11 articles built" in said.err
    built(tmp_path / "whole", folder)
    assert quads(tmp_path) == quads(tmp_path / "whole")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "--shard", "1/2"], "--shard I/N and -o PLACE belong together"),
        (["a.txt", "-o", "x"], "--shard I/N and -o PLACE belong together"),
        (["a.txt", "--shard", "1/2", "-o", "x", "--html", "y"], "--html is without them"),
        (["a.txt", "b.txt"], "more than one file"),
        (["a.txt", "--shard", "1/2", "-o", "a.txt"], "this is a file"),
        (["nowhere", "--shard", "1/2", "-o", "x"], "nowhere: no such file or folder"),
    ],
)
def test_wrong_calls_are_named(tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    write(Path("a.txt"), "Das meldete der Bote.")
    assert main(["annotate", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_place_that_can_not_be_written_to_is_named(tmp_path, folder):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't be written"):
        annotate_shard([str(folder)], Shard(1, 1), str(tmp_path / "file" / "below"), Options())
