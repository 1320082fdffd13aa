"""The systems approved listings are handed to; each module offers one `TARGET`."""
