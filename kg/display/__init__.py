"""An annotated article for the eye: as lines for a terminal, as an HTML page."""

from kg.display.listing import listing
from kg.display.page import page

__all__ = ["listing", "page"]
