"""The front door: who is signed in goes on to their own first page, everybody else reads this one."""
