"""What `manage.py` takes for granted in a fresh checkout, and what it leaves to whoever set the site up."""

from manage import assume_a_trial


def test_a_fresh_checkout_is_a_trial(tmp_path):
    environment = {}
    assume_a_trial(environment, tmp_path)
    assert environment == {"DEBUG": "true", "DEMO": "true"}


def test_what_the_environment_says_stands(tmp_path):
    environment = {"DEBUG": "false", "DEMO": "false"}
    assume_a_trial(environment, tmp_path)
    assert environment == {"DEBUG": "false", "DEMO": "false"}


def test_a_site_with_a_key_is_no_trial(tmp_path):
    environment = {"SECRET_KEY": "of a real site"}
    assume_a_trial(environment, tmp_path)
    assert environment == {"SECRET_KEY": "of a real site"}


def test_a_site_with_a_file_of_settings_is_no_trial(tmp_path):
    (tmp_path / ".env").touch()
    environment = {}
    assume_a_trial(environment, tmp_path)
    assert environment == {}
