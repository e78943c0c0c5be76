"""Pages of log-in, units, names, people and population."""
