"""The run folder: what the processes of one server find each other by."""

CURRENT = "current"  # names the socket of the fork server that holds the newest data
WRITES = "writes.sock"  # where the writer process listens
