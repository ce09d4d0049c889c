"""The ledger: the only SQL. SQLite in one file by default, PostgreSQL for many at once; one schema (`schema`)."""
