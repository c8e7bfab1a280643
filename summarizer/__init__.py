"""Scope Summarizer: what sales knows becomes a handoff that delivery can rely on. Start reading at `handoff.py`."""
