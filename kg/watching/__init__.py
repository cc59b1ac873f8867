"""Feeds: from addresses of RSS and Atom to pages on the disk, politely, again and again; what is on the disk is built."""
