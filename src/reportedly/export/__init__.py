"""One reading in the forms that people and programs read: a table, JSON lines, a page. Text comes out inert."""

from __future__ import annotations
