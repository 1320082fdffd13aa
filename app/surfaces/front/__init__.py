"""The front door: those signed in go on to their own first page, everybody else reads this one."""
