"""Mending a picture: its original stays, and a recipe says what is done to it."""
