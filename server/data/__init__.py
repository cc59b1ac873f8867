"""The data that the processes share: loading, description, search index."""
