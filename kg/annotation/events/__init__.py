"""Triggers, who and whom, how sure, by whom said, where and when: the events."""
