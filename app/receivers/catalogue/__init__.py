"""The catalogue: what shoppers see. An application of its own; `wsgi.py` serves it."""
