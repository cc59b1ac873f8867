"""Builds in parts: shards that any scheduler annotates, each by itself, and a store that they are loaded into."""
