"""Fixtures that more than one room's tests use; what only one needs stands there."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language

from kg.annotation.records import register_extensions
from kg.annotation.words.tokenizer import german_tokenizer
from tests.support.made import stand_in

os.environ["KG_CACHE"] = "-"  # what is tested is analysed here and now, in processes of tests too


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a small stand-in annotate, where a test is about files and stores and not about German."""
    with stand_in(monkeypatch):
        yield


@pytest.fixture(scope="session")
def sentence_cutter() -> Language:
    """Return a pipeline that cuts words and sentences and does nothing else."""
    register_extensions()
    pipeline = spacy.blank("de")
    pipeline.tokenizer = german_tokenizer(pipeline)
    pipeline.add_pipe("lagebild_sentences")
    return pipeline
