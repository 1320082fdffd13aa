"""People, the sellers they work for, and the staff: who may do what is `permissions.py`."""
