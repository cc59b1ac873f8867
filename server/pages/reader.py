"""Who reads a page: in which language, at which address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from kg.namespaces import LANGUAGES
from server.http.call import Call, every
from server.http.problem import Problem

COOKIE = "lang"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Reader:
    """The language (de or en) of a page and the address that was asked for; ``switched``: the address says the language."""

    language: str = LANGUAGES[0]
    path: str = "/"
    arguments: tuple[tuple[str, str], ...] = ()
    switched: bool = False

    @classmethod
    def of(cls, call: Call) -> Reader:
        """Return who reads: ``?lang=`` decides, else the cookie, else Accept-Language, else German; raises :class:`Problem`."""
        arguments = tuple(call.arguments())
        asked = every(list(arguments), COOKIE)
        if asked and asked[-1] not in LANGUAGES:
            raise Problem(400, "parameters", f"lang={asked[-1][:20]} is unknown: use {' or '.join(LANGUAGES)}")
        language = asked[-1] if asked else _from_cookie(call) or _accepted(call.headers.get("accept-language", ""))
        return cls(language, call.path, arguments, bool(asked))

    @classmethod
    def at_least(cls, call: Call) -> Reader:
        """Return who reads a page that says what is wrong, however wrong the address is."""
        language = _from_cookie(call) or _accepted(call.headers.get("accept-language", ""))
        try:
            return cls.of(call)
        except Problem:
            return cls(language, call.path)

    @property
    def other(self) -> str:
        """The other language."""
        return LANGUAGES[1 - LANGUAGES.index(self.language)]

    def in_language(self, language: str) -> str:
        """Return the address of this page in a language."""
        kept = [pair for pair in self.arguments if pair[0] != COOKIE]
        return f"?{urlencode([*kept, (COOKIE, language)])}"

    def headers(self) -> dict[str, str]:
        """Return the headers that keep the language for the next page, and say what the page depends on."""
        found = {"Vary": "Accept, Accept-Language, Cookie", "Content-Language": self.language}
        if self.switched:
            found["Set-Cookie"] = f"{COOKIE}={self.language}; Path=/; Max-Age={_YEAR}; SameSite=Lax"
        return found


def _from_cookie(call: Call) -> str | None:
    for part in call.headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and value in LANGUAGES:
            return value
    return None


def _accepted(header: str) -> str:
    """Return the language that Accept-Language likes best; ``de-AT`` is German too."""
    welcome = dict.fromkeys(LANGUAGES, 0.0)
    for part in header[:1000].casefold().split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.partition("-")[0]
        if language in welcome:
            try:
                welcome[language] = max(welcome[language], float(quality or 1))
            except ValueError:
                continue
    return max(LANGUAGES, key=lambda language: welcome[language])
