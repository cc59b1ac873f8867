"""One HTTP call: admission, content negotiation, problems, log, metrics."""
