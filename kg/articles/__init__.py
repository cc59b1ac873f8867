"""Reading: files of any common format to articles with clean text."""

from kg.articles.article import Article
from kg.articles.discover import Source, discover
from kg.articles.reader import read_articles

__all__ = ["Article", "Source", "discover", "read_articles"]
