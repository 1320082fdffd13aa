"""The other side of the wire: the catalogue and the order system, applications of their own.

Each has its own process, its own database schema and its own settings; they share `app.core` and
the plumbing in this folder, and meet Onshelf and each other over signed HTTP alone.
"""
