"""Links to Wikidata or any other data set with a W3C reconciliation service: proposed, reviewed, accepted, withdrawn.

Nothing here goes to the network unless the user tells it to ask.
"""
