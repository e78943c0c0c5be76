"""Source documents, plans, sections, tasks, measures, assignments and reporting rules."""
