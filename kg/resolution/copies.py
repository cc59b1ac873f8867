"""Which articles are copies: the agency report that twenty papers print is one source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH

SHINGLE_WORDS = 4  # of a shingle
HASHES, BANDS, SEED = 128, 32, 42  # four hashes a band: articles that share half of their shingles nearly surely meet
SIMILARITY_OF_COPIES = 0.7  # share of common shingles from which an article is a copy
TELLING_WORDS = 20  # words: a shorter text proves nothing


@dataclass(frozen=True, slots=True)
class SignedArticle:
    """An article with the MinHash of its shingles; None where its text is too short to tell."""

    article: str
    published: int
    signature: bytes | None


def sign(text: str) -> bytes | None:
    """Return the MinHash of a text; None for a short one."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < TELLING_WORDS:
        return None
    found = RMinHash(HASHES, SEED)
    found.update(list({" ".join(words[k : k + SHINGLE_WORDS]) for k in range(len(words) - SHINGLE_WORDS + 1)}))  # in any order
    return bytes(found.__getstate__())


def copies(articles: Iterable[SignedArticle]) -> dict[str, str]:
    """Return copy -> the earliest of those that it is a copy of, whatever the order of ``articles``."""
    index = RMinHashLSH(SIMILARITY_OF_COPIES, HASHES, BANDS)
    found: dict[str, str] = {}
    originals: dict[int, tuple[str, RMinHash]] = {}
    for number, article in enumerate(sorted(articles, key=lambda a: (a.published, a.article))):
        if article.signature is None:
            continue
        own = RMinHash(HASHES, SEED)
        own.__setstate__(article.signature)
        original = _original(own, index.query(own), originals)
        if original is None:
            originals[number] = article.article, own
            index.insert(number, own)
        else:
            found[article.article] = original
    return found


def _original(own: RMinHash, candidates: Iterable[int], originals: Mapping[int, tuple[str, RMinHash]]) -> str | None:
    """Return the candidate that is most alike; only originals are in the index, so that no chain drifts away."""
    alike = [(-own.jaccard(minhash), number, name) for number in candidates for name, minhash in [originals[number]]]
    return min(alike)[2] if alike and -min(alike)[0] >= SIMILARITY_OF_COPIES else None
