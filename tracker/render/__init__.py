"""Formats: each takes a table or a record and gives text."""
