"""Scoring: what a built graph says against what annotators read in the same articles.

Figures follow the annotation guideline: an event is right when one of the same type is found in the same sentence, a
role when it names the same entity; what annotators call optional is neither demanded nor punished.
"""

from kg.evaluation.graphview import read_graph
from kg.evaluation.scores import Scores, evaluate

__all__ = ["Scores", "evaluate", "read_graph"]
