"""Who says it: phrases and verbs that name a source, quotations, indirect speech that goes on."""
