"""``using-graph-uri`` of the protocol: USING clauses put into an update's text."""

from __future__ import annotations

from server.http.problem import Problem
from server.sparql.tokenizer import Token, tokens


def with_using(text: str, default: tuple[str, ...] | None, named: tuple[str, ...] | None) -> str:
    """Return the update with the protocol's dataset in every DELETE/INSERT ... WHERE.

    Raises :class:`Problem` when the update names a dataset itself (USING or WITH).
    """
    if default is None and named is None:
        return text
    clause = " ".join([*(f"USING <{iri}>" for iri in default or ()), *(f"USING NAMED <{iri}>" for iri in named or ())])
    pieces: list[str] = []
    done, depth = 0, 0
    before: Token | None = None  # the token before this one
    short: int | None = None  # where the pattern of a DELETE WHERE begins
    for token in tokens(text):
        if token.text == "{":
            depth += 1
        elif token.text == "}":
            depth -= 1
            if depth == 0 and short is not None:  # DELETE WHERE { P } is DELETE { P } WHERE { P }
                pieces.append(f"{text[done : token.end]} {clause} WHERE {text[short : token.end]}")
                done, short = token.end, None
        elif depth == 0 and token.kind == "word":
            if token.text in ("USING", "WITH"):
                raise Problem(400, "parameters", f"The update has {token.text}, so using-graph-uri can't be given too")
            if token.text == "WHERE":
                is_short = before is not None and before.text == "DELETE"
                pieces.append(text[done : token.begin] + ("" if is_short else f"{clause} WHERE"))
                done, short = token.end, token.end if is_short else None
        before = token
    return "".join([*pieces, text[done:]])
