"""Pages are kept, by browsers too, until the data or what makes the pages change."""

from __future__ import annotations

import pytest

from server.pages import kept_pages
from tests.support.portal import BROWSER


@pytest.mark.parametrize("path", ["/event/one", "/article/a", "/entity/army", "/articles", "/quality"])
def test_a_browser_that_has_the_page_is_told_so_until_other_software_makes_it(portal, path, monkeypatch):
    tag = portal.get(path, headers=BROWSER).headers["ETag"]
    assert portal.get(path, headers={**BROWSER, "If-None-Match": tag}).status_code == 304
    english = portal.get(path, headers={**BROWSER, "If-None-Match": tag, "Accept-Language": "en"})
    assert (english.status_code, english.headers["Content-Language"]) == (200, "en")
    monkeypatch.setattr(kept_pages, "software", lambda: "another")
    assert portal.get(path, headers={**BROWSER, "If-None-Match": tag}).status_code == 200
