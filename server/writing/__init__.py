"""Updates: tried in a worker, written by one process."""
