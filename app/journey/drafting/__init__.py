"""Drafting: category-driven forms, autosave, preview, submission and its withdrawal."""
