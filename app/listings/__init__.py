"""The traveller and its papers: tables, verbs and the two lifecycle tables."""
