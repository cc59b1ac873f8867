"""ANNOTATE: what is read out of a German text, one room a step, in the order in which they run.

==============  =========================  ====================================
step            spaCy factory              file
==============  =========================  ====================================
sentences       ``lagebild_sentences``     ``words/sentences.py``
tags, lemmas    ``lagebild_tagger``        ``words/tagger.py``
known names     ``lagebild_gazetteer``     ``names/gazetteer_matcher.py``
unknown names   ``lagebild_names``         ``names/name_finder.py``
trained names   ``lagebild_entities``      ``names/trained_entities.py``
times           ``lagebild_dates``         ``times/time_finder.py``
quantities      ``lagebild_quantities``    ``quantities/quantity_finder.py``
syntax          ``lagebild_fields``        ``syntax/analyser.py``
references      ``lagebild_corefer``       ``references/resolver.py``
triggers        ``lagebild_triggers``      ``events/triggers.py``
who and whom    ``lagebild_arguments``     ``events/arguments.py``
certainty       ``lagebild_factuality``    ``events/factuality.py``
events          ``lagebild_events``        ``events/events.py``
==============  =========================  ====================================

The trained names join only where a trained pipeline is used. Words themselves are cut by ``words/tokenizer.py``; what
the steps leave behind is declared in ``records.py``; ``pipeline.py`` puts them together.
"""
