"""Two contents of a listing side by side: what differs, and how that is told."""
