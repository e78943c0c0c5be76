"""Pages that gather: home, ledger, department."""
