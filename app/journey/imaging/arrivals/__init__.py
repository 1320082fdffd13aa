"""Pictures that come through a worker: whole archives, and web addresses. Bounded in every way."""
