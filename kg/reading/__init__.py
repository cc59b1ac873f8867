"""Reading: files of any common format to articles with clean text."""

from kg.reading.article import Article
from kg.reading.columns import ColumnMap
from kg.reading.input_files import Source, discover
from kg.reading.outcome import Skipped, SkipReason
from kg.reading.reader import read_articles, read_some

__all__ = ["Article", "ColumnMap", "SkipReason", "Skipped", "Source", "discover", "read_articles", "read_some"]
