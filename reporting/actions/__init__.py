"""One verb, one function, keyword-only actor."""
