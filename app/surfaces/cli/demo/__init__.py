"""Listings of a first run (ONSHELF_ENV=demo), so that no page of it is empty."""
