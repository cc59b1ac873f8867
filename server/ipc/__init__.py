"""Between processes: messages, the sandbox, the run folder."""
