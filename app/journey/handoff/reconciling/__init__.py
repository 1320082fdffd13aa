"""Reconciliation: what each target has is compared with what was approved, and mended once."""
