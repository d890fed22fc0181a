"""How tests run: commands speak English whatever the machine's language; property tests search without deadlines, which a
busy machine misses, and with the same examples every time."""

import os

from hypothesis import HealthCheck, settings

from report_engine.words.spoken import ASKED

os.environ[ASKED] = "en"

settings.register_profile("fixed", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")
