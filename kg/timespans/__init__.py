"""From German time words to days: the calendar, the lexicon, and the readers that put both together."""
