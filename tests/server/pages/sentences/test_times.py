"""Days as a table has room for."""

from __future__ import annotations

from datetime import date

import pytest

from server.pages.sentences import times
from server.pages.sentences.times import in_short


def day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


@pytest.mark.parametrize(
    ("earliest", "latest", "german", "english"),
    [
        ("2016-06-12", "2016-06-12", "12. Juni 2016", "12 June 2016"),
        ("2016-10-26", "2016-10-27", "26.–27. Okt. 2016", "26–27 Oct 2016"),
        ("2016-01-03", "2016-02-07", "3. Jan. – 7. Feb. 2016", "3 Jan – 7 Feb 2016"),
        ("2015-12-30", "2016-01-02", "30. Dez. 2015 – 2. Jan. 2016", "30 Dec 2015 – 2 Jan 2016"),
        ("2016-03-01", "2016-03-31", "März 2016", "Mar 2016"),
        ("2016-03-01", "2016-05-31", "März–Mai 2016", "Mar–May 2016"),
        ("2015-11-01", "2016-02-29", "Nov. 2015 – Feb. 2016", "Nov 2015 – Feb 2016"),
        ("2016-01-01", "2016-12-31", "2016", "2016"),
        ("2014-01-01", "2016-12-31", "2014–2016", "2014–2016"),
        ("2016-06-12", "", "ab 12. Juni 2016", "from 12 June 2016"),
        ("", "2016-06-12", "bis 12. Juni 2016", "until 12 June 2016"),
        ("", "", "", ""),
    ],
)
def test_days_are_short_in_a_table(earliest, latest, german, english):
    assert (in_short(day(earliest), day(latest), "de"), in_short(day(earliest), day(latest), "en")) == (german, english)


def test_each_span_has_its_short_words_too():
    spans = {(name, language) for name, language in times._words() if not name.isdigit() and name != "date"}
    short = {(name.removeprefix("short "), language) for name, language in spans if name.startswith("short ")}
    assert {(name, language) for name, language in spans if not name.startswith("short ")} - short == set()
