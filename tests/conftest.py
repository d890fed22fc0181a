"""How property tests search: without deadlines, which a busy machine misses, and with the same examples every time."""

from hypothesis import HealthCheck, settings

settings.register_profile("fixed", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")
