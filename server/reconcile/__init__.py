"""The W3C reconciliation service."""
