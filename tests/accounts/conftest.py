"""A code that runs out between a test's reading and typing it is no failure of the site's."""

import pytest


@pytest.fixture(autouse=True)
def time_to_type(settings):
    settings.MFA_TOTP_TOLERANCE = 1
