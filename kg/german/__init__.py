"""German as such: inflection, word parts, numerals, tag sets, names written in other scripts."""
