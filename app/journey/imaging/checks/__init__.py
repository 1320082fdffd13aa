"""One module a check of a picture; each offers `CHECK`."""
