"""Engines: what runs the reader over many reports and keeps the ledger: one process, many, a cluster."""
