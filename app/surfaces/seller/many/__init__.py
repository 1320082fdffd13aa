"""Many listings at once: chosen, looked at as they would be, then done one by one."""
