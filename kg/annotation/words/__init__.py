"""Text to words: tokens, sentences, tags and lemmas."""
