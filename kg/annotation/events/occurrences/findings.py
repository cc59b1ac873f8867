"""What is asked of two mentions of events: a table of findings about an earlier and a later one.

What each weighs stands in ``lexicon/events/same_occurrence.tsv``.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.annotation.events.occurrences.pairs import FAR_SENTENCES, LEAD_SENTENCES, Pair
from kg.annotation.events.occurrences.sightings import is_period

OCCURRENCE_EVIDENCE: dict[str, Callable[[Pair], bool]] = {
    # the later mention's form
    "anaphor": lambda pair: pair.later.anaphor,
    "definite": lambda pair: pair.later.definite and not pair.later.anaphor,
    "definite_of_shared": lambda pair: (
        pair.later.definite and not pair.later.anaphor and bool(pair.towns or pair.first.targets & pair.later.targets)
    ),
    "definite_same_noun": lambda pair: pair.later.definite and not pair.later.anaphor and pair.same_noun,
    "possessive": lambda pair: pair.later.wording.possessive,
    "same_noun": lambda pair: pair.later.anaphor and pair.same_noun,
    "indefinite": lambda pair: pair.later.indefinite and pair.later.rank >= LEAD_SENTENCES,
    "verb": lambda pair: not pair.later.wording.noun and pair.distance > 0,
    "again": lambda pair: pair.again,
    "announced": lambda pair: (
        pair.announced and pair.distance > 0 and pair.first.real == pair.later.real and not pair.later.anaphor
    ),
    "stated_day": lambda pair: pair.stated_day,
    "told_means": lambda pair: pair.later.wording.told_means and pair.distance > 0,
    # what both state
    "town": lambda pair: bool(pair.towns),
    "region": lambda pair: bool(pair.first.places & pair.later.places) and not pair.towns,
    "day": lambda pair: pair.same_time and not is_period(pair.first.told.timex),
    "period": lambda pair: pair.same_time and is_period(pair.first.told.timex),
    "person": lambda pair: bool(pair.first.persons & pair.later.persons),
    "target": lambda pair: not pair.first.persons & pair.later.persons and pair.shared(pair.first.targets, pair.later.targets),
    "agent": lambda pair: pair.shared(pair.first.agents, pair.later.agents),
    "toll": lambda pair: pair.same_toll,
    "same_cause": lambda pair: pair.same_cause,
    "fitting_toll": lambda pair: pair.fitting_toll and not pair.same_toll,
    "number": lambda pair: pair.same_number and pair.distance > 0 and not pair.same_toll,
    # where they stand
    "lead": lambda pair: pair.from_lead,
    "first_told": lambda pair: pair.first.rank < LEAD_SENTENCES and not pair.from_lead,
    "next_sentence": lambda pair: pair.distance == 1,
    "noun_of_verb": lambda pair: pair.noun_of_verb,
    "same_sentence": lambda pair: pair.distance == 0 and not pair.noun_of_verb,
    "far": lambda pair: pair.distance > FAR_SENTENCES,
    "one_between": lambda pair: pair.between == 1,
    "more_between": lambda pair: pair.between > 1,
    # what they differ in
    "other_certainty": lambda pair: pair.first.real != pair.later.real,
    "new_plan": lambda pair: pair.first.planned != pair.later.planned and not pair.later.definite,
    "background": lambda pair: (
        pair.first.background != pair.later.background and not (pair.later.anaphor and pair.distance == 1)
    ),
    "look_back": lambda pair: pair.later.looks_back_far,
    "returned": lambda pair: pair.returned,
    "sequel": lambda pair: pair.marked("sequel") and not pair.later.definite,
    "additive": lambda pair: pair.additive,
    "new_victim": lambda pair: pair.new_victim and not pair.first.wording.headline,
    "one_and_several": lambda pair: pair.one_and_several,
    "attackers_hit": lambda pair: pair.attackers_hit,
    "totalled": lambda pair: pair.later.wording.totalled and not pair.first.wording.plural,
    "new_plural": lambda pair: pair.later.indefinite and pair.later.wording.plural and not pair.first.wording.noun,
    "other_number": lambda pair: pair.nouns and pair.first.wording.plural != pair.later.wording.plural,
    # contradictions
    "elsewhere": lambda pair: pair.elsewhere,
    "definite_of_other": lambda pair: pair.definite_of_other,
    "reversed": lambda pair: bool(
        (pair.first.agents & pair.later.targets | pair.first.targets & pair.later.agents) - pair.first.vague
    ),
    "beside": lambda pair: pair.beside,
    "sums_up_years": lambda pair: pair.sums_up_years,
    "other_day": lambda pair: pair.days_apart > 0,
    "other_agent": lambda pair: pair.opposed(pair.first.agents, pair.later.agents),
    "other_target": lambda pair: (
        pair.opposed(pair.first.stated_targets, pair.later.stated_targets) and not pair.one_of_group
    ),
    "other_person": lambda pair: (
        bool(pair.first.named_persons and pair.later.named_persons) and not pair.first.named_persons & pair.later.named_persons
    ),
    "other_cause": lambda pair: pair.other_cause,
    "other_toll": lambda pair: pair.other_toll,
    "another": lambda pair: pair.another,
}
