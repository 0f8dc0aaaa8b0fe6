"""A wrong value in the environment stops every way in with one sentence, and leaves nothing half made."""

import pytest

from tests.installations import run

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "abcdefghij" * 5,
    "ALLOWED_HOSTS": "groundswell.example.org",
    "SITE_URL": "https://groundswell.example.org",
    "DATABASE_URL": "postgres://user:password@localhost:5432/groundswell",
    "CACHE_URL": "redis://localhost:6379/1",
    "CELERY_BROKER_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@localhost:587",
}
pytestmark = pytest.mark.alike
LOAD = "from config.start import load_settings, starting\nwith starting(): load_settings()"


def one_sentence(finished) -> str:
    """Return what a command that refused to start said: one line, no traceback."""
    assert finished.returncode == 1, finished
    assert finished.stdout == ""
    lines = finished.stderr.splitlines()
    assert len(lines) == 1, finished.stderr
    assert lines[0].startswith("Groundswell cannot start: ")
    return lines[0]


def test_right_values_load(tmp_path):
    finished = run("-c", LOAD, **PRODUCTION, VAR_DIR=tmp_path / "var")
    assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "CACHE_URL", "CELERY_BROKER_URL", "EMAIL_URL"]
)
def test_missing_value_is_named_with_an_example(name, tmp_path):
    finished = run("manage.py", "check", **PRODUCTION | {name: " "}, VAR_DIR=tmp_path / "var")
    assert f"{name} is not set. Give it " in one_sentence(finished)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SECRET_KEY", "short", "is too short or too simple"),
        ("SECRET_KEY", "a" * 60, "is too short or too simple"),
        ("ALLOWED_HOSTS", " , ", "names no host"),
        ("ALLOWED_HOSTS", "example.org,*", "allows every host"),
        ("ALLOWED_HOSTS", "https://example.org", "holds 'https://example.org', which is no host name"),
        ("ALLOWED_HOSTS", "example.org:443", "holds 'example.org:443', which is no host name"),
        ("ALLOWED_HOSTS", "example.org www.example.org", "holds 'example.org www.example.org', which is no host name"),
        ("SITE_URL", "https://example.org/site", "holds more than a scheme, a host and a port"),
        ("SITE_URL", "https://example.org?site", "holds more than a scheme, a host and a port"),
        ("SITE_URL", "https://user:password@example.org", "holds more than a scheme, a host and a port"),
        ("SITE_URL", "https://example org", "is 'https://example org', whose host is no host name"),
        ("SITE_URL", "groundswell", "is 'groundswell', which is no https address"),
        ("SITE_URL", "http://example.org", "is 'http://example.org', which is no https address"),
        ("SITE_URL", "https://[example", "is no address that can be read"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "does not begin with one of postgres, postgresql"),
        ("DATABASE_URL", "postgres://user:password@localhost:port/db", "is no address that can be read"),
        ("DATABASE_URL", "postgres://localhost", "names no database"),
        ("CACHE_URL", "locmem://", "does not begin with one of redis, rediss"),
        ("CACHE_URL", "redis://", "names no host"),
        ("CACHE_URL", "redis://localhost:6379/one", "does not end in the number of a Redis database"),
        ("CELERY_BROKER_URL", "redis://:password@/0", "names no host"),
        ("CELERY_BROKER_URL", "redis://localhost/one", "does not end in the number of a Redis database"),
        ("EMAIL_URL", "smtp://", "names no host"),
        ("CELERY_BROKER_URL", "localhost", "does not begin with one of amqp, amqps, redis, rediss"),
        ("EMAIL_URL", "pop3://localhost", "does not begin with one of "),
        ("MAILCHIMP_API_KEY", "0123456789abcdef", "does not look like a key of Mailchimp's"),
        ("MAILCHIMP_API_KEY", "0123456789abcdef-us19-us20", "does not look like a key of Mailchimp's"),
        ("MAILCHIMP_BASE_URL", "us19", "is 'us19', which is no http or https address"),
        ("MAILCHIMP_BASE_URL", "https://us19.example.org/4.0", "holds more than a scheme, a host and a port"),
        ("MAILCHIMP_BASE_URL", "http://us19.example.org", "is 'http://us19.example.org', which is not encrypted"),
        ("STORAGE_URL", "ftp://localhost/files", "names neither a folder nor a bucket"),
        ("STORAGE_URL", "s3://key:secret@localhost", "names neither a folder nor a bucket"),
        ("STORAGE_URL", "file://folder", "names neither a folder nor a bucket"),
    ],
)
def test_wrong_value_is_named_with_its_problem(name, value, problem, tmp_path):
    finished = run("-c", LOAD, **PRODUCTION | {name: value}, VAR_DIR=tmp_path / "var")
    assert f"{name} {problem}" in one_sentence(finished)
    assert "password" not in finished.stderr.partition(" Give it ")[0]


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("PORT", "eighty", "PORT is 'eighty'. Give it a number from 1 to 65535"),
        ("PORT", "70000", "PORT is '70000'."),
        ("SITE_URL", "localhost", "SITE_URL is 'localhost', which is no http or https address."),
        ("EMAIL_URL", "carrier-pigeon", "EMAIL_URL does not begin with one of "),
        ("STORAGE_URL", "x", "STORAGE_URL names neither a folder nor a bucket."),
        ("DATABASE_URL", "postgres://localhost/db", "DATABASE_URL is set, but the embedded settings always use SQLite"),
    ],
)
@pytest.mark.parametrize("way_in", [["manage.py", "check"], ["-m", "config.prepare"], ["-m", "config.serve"]])
def test_embedded_refuses_wrong_values_before_anything_is_made(way_in, name, value, problem, tmp_path):
    finished = run(
        *way_in, DJANGO_SETTINGS_MODULE="config.settings.embedded", VAR_DIR=tmp_path / "var", **{name: value}
    )
    assert problem in one_sentence(finished)
    assert list(tmp_path.iterdir()) == []


def test_var_dir_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    finished = run("manage.py", "check", VAR_DIR=tmp_path / "file" / "var")
    assert f"The folder {tmp_path}/file/var cannot be made (Not a directory)." in one_sentence(finished)


@pytest.mark.parametrize("way_in", [["manage.py", "check"], ["-m", "config.serve"]])
def test_var_dir_that_leads_nowhere_is_refused(way_in, tmp_path):
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for named in (tmp_path / "circle" / "var", "~nobody-of-this-name/var"):
        refused = one_sentence(run(*way_in, VAR_DIR=named))
        assert f"VAR_DIR is '{named}', which leads to no folder." in refused


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", ".example.org, example.org, 192.0.2.1, [2001:db8::1], localhost"),
        ("SITE_URL", "https://example.org:8443/"),
        ("SITE_URL", "https://[2001:db8::1]:8443"),
        ("CACHE_URL", "rediss://:password@localhost:6379/1?ssl_cert_reqs=required"),
        ("CELERY_BROKER_URL", "amqp://user:password@localhost:5672/groundswell"),
        ("DATABASE_URL", "postgres:///groundswell"),
        ("EMAIL_URL", "consolemail://"),
    ],
)
def test_unusual_but_right_value_loads(name, value, tmp_path):
    finished = run("-c", LOAD, **PRODUCTION | {name: value}, VAR_DIR=tmp_path / "var")
    assert (finished.returncode, finished.stderr) == (0, "")


def test_damaged_secret_key_is_refused(tmp_path):
    (tmp_path / "secret-key").write_text("half")
    assert "is damaged. Delete it" in one_sentence(run("manage.py", "check", VAR_DIR=tmp_path))


def test_secret_of_a_dollar_and_a_word_is_taken_as_it_stands(tmp_path):
    secret = "$HOME" + "abcdefghij" * 5
    show = LOAD + "\nimport config.settings.production as p; print(p.SECRET_KEY)"
    finished = run("-c", show, **PRODUCTION | {"SECRET_KEY": secret}, VAR_DIR=tmp_path)
    assert (finished.stdout, finished.stderr) == (f"{secret}\n", "")


def test_bucket_secret_is_decoded(tmp_path):
    show = LOAD + "\nimport config.settings.production as p; print(p.STORAGES['private']['OPTIONS']['secret_key'])"
    finished = run("-c", show, **PRODUCTION, STORAGE_URL="s3://key:a%2Fb%2Bc@localhost/bucket", VAR_DIR=tmp_path)
    assert (finished.stdout, finished.stderr) == ("a/b+c\n", "")


def test_pages_may_show_the_pictures_of_a_bucket_and_nothing_else_of_its_host(tmp_path):
    show = LOAD + (
        "\nfrom config.settings.production import CONTENT_SECURITY_POLICY, STORAGES"
        "\nfrom storages.backends.s3 import S3Storage"
        "\nprint(CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
        "\nprint(S3Storage(**STORAGES['default']['OPTIONS']).url('images/a.jpg'))"
    )
    finished = run("-c", show, **PRODUCTION, STORAGE_URL="s3://key:secret@localhost:9000/bucket", VAR_DIR=tmp_path)
    folder = "https://localhost:9000/bucket/media/"
    assert finished.stdout.splitlines() == [str(["'self'", "data:", folder]), f"{folder}images/a.jpg"]


def test_worker_without_settings_says_so(tmp_path):
    finished = run("-m", "celery", "-A", "config.celery", "worker", VAR_DIR=tmp_path)
    assert "DJANGO_SETTINGS_MODULE is not set. Set it to config.settings.production" in one_sentence(finished)


def test_misspelt_settings_are_named(tmp_path):
    for wrong in ("config.settings.prod", "..x"):
        finished = run("-c", "import config.celery", DJANGO_SETTINGS_MODULE=wrong, VAR_DIR=tmp_path)
        assert f"DJANGO_SETTINGS_MODULE is {wrong!r}, which is no module." in one_sentence(finished)


def test_web_server_without_settings_says_so_and_does_not_try_again(tmp_path):
    finished = run(
        "-m", "gunicorn", "-c", "python:config.web", "--workers", "1", "config.wsgi", PORT=0, VAR_DIR=tmp_path
    )
    assert finished.returncode == 4
    assert finished.stderr.count("Groundswell cannot start: DJANGO_SETTINGS_MODULE is not set.") == 1
    assert "Traceback" not in finished.stderr
