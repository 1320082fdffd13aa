"""Approved listings are told to the systems that sell them, once, in order, whatever breaks."""
