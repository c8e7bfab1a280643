"""The prompts, as files: templates, few-shot examples, and a loader that knows their hash."""
