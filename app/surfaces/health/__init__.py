"""Alive and ready: for supervisors, load balancers and people who are called at night."""
