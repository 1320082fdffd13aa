"""The page of a case: what its reviewer reads before deciding. It writes nothing."""
