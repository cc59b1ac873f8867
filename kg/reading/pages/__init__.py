"""Web pages: what in their markup is article, and what the page says of it."""
