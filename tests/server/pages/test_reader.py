"""In which language a page is, and that every word of the interface is there in both."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from server.http.call import Call
from server.pages.reader import Reader
from server.pages.texts import all_texts, grouped, text
from tests.support.places import PROJECT


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def call(query: str = "", **headers: str) -> Call:
    return Call("GET", "/", query, {name.replace("_", "-"): value for name, value in headers.items()}, lambda limit: b"", "http://x/")


@pytest.mark.parametrize(
    ("query", "headers", "language", "cookie"),
    [
        ("", {}, "de", None),
        ("", {"accept_language": "en-GB,en;q=0.9,de;q=0.3"}, "en", None),
        ("", {"accept_language": "fr, de-AT;q=0.4, en;q=0.2"}, "de", None),
        ("", {"accept_language": "en;q=x, *"}, "de", None),
        ("", {"accept_language": "de", "cookie": "a=b; lang=en"}, "en", None),
        ("", {"cookie": "lang=fr"}, "de", None),
        ("lang=de", {"cookie": "lang=en"}, "de", "lang=de; Path=/; Max-Age=31536000; SameSite=Lax"),
    ],
)
def test_the_address_the_cookie_and_the_browser_decide_in_this_order(query, headers, language, cookie):
    reader = Reader.of(call(query, **headers))
    assert (reader.language, reader.headers().get("Set-Cookie")) == (language, cookie)
    assert reader.headers()["Vary"] == "Accept, Accept-Language, Cookie"


def test_the_switch_keeps_what_is_chosen():
    assert Reader.of(call("actor=a&actor=b&lang=de")).in_language("en") == "?actor=a&actor=b&lang=en"


def test_the_texts_have_the_same_places_in_both_languages():
    german, english = ({key: places(words) for key, words in all_texts(language).items()} for language in ("de", "en"))
    assert german == english


def test_every_text_that_a_template_asks_for_is_there():
    asked = {
        key
        for path in sorted((PROJECT / "server" / "pages" / "templates").glob("*.html"))
        for key in re.findall(r"""\bt\(["']([\w.-]+)["'](?! [+~])""", Path(path).read_text(encoding="utf8"))
    }
    assert asked
    assert asked - set(all_texts("de")) == set()


def test_a_text_that_is_missing_raises():
    with pytest.raises(KeyError):
        text("de", "no.such.key")


@pytest.mark.parametrize(("number", "german", "english"), [(7, "7", "7"), (20088, "20.088", "20,088")])
def test_digits_are_grouped_as_the_language_does(number, german, english):
    assert (grouped(number, "de"), grouped(number, "en")) == (german, english)
