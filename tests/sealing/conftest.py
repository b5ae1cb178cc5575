"""What the tests of seals share: what verification says."""

import pytest

from recommendations.sealing.verify import Verification


@pytest.fixture
def found():
    """What verification says, a sentence each; `kept`: lines of a copy of the seals."""
    return lambda kept=(): [str(finding) for finding in Verification(list(kept)).findings()]


@pytest.fixture
def assert_named(found):
    """Some one finding holds all of these words."""

    def check(*parts):
        told = found()
        assert any(all(str(part) in each for part in parts) for each in told), told

    return check
