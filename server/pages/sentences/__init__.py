"""What happened, in a sentence: templates by type of event, names in their case, days in words, in German and English."""
