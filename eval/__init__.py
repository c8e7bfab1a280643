"""Measures: how good drafts are, and how long things take. Nothing here is needed to run the service."""
