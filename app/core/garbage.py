"""How often Python looks for garbage that only refers to itself.

By default it does after every 700 new objects, over and over while 300,000 are being loaded that
all stay: a third of the time that a process takes to start, a sixth of that of a page.
"""

import gc

# New objects before a look at the newest, such looks before one at the older, and so again.
RARELY = (20_000, 20, 20)


def loaded() -> None:
    """What is there now stays as long as the process: it is looked at no more, and shared by forks.

    Whoever loads much turns collection off before; here it is on again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    gc.enable()
