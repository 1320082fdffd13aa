"""Telling people: in the app under the bell, and by mail as rows that are due until sent."""
