"""Ground for all: audit trail, outbox, workflow table, access answers, errors, clock, work calendar."""
