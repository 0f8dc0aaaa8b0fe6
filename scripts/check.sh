#!/bin/sh
# Every check that needs no running site. All of them run, and the names of those that fail close the output.
set -u
failed=""

check() {
	name=$1
	shift
	printf '%s\n' "== $name"
	"$@" || failed="$failed $name"
}

check format "$BIN/ruff" format --check .
check lint "$BIN/ruff" check .
# shellcheck disable=SC2086  (one word a room)
check types "$BIN/mypy" site $ROOMS
check layers env PYTHONPATH=. "$BIN/lint-imports"
check templates "$BIN/djhtml" --tabwidth 2 --check templates
check_folder=$(mktemp -d)
trap 'rm -rf "$check_folder"' EXIT
check migrations env -u DATABASE_URL VAR_DIR="$check_folder" "$BIN/python" manage.py makemigrations --check --dry-run
check production env VAR_DIR="$check_folder" \
	DJANGO_SETTINGS_MODULE=config.settings.production \
	SECRET_KEY="$(LC_ALL=C tr -dc 'a-zA-Z0-9' </dev/urandom | head -c 60)" \
	ALLOWED_HOSTS=groundswell.example.org SITE_URL=https://groundswell.example.org \
	DATABASE_URL=postgres://nobody@localhost/nothing CACHE_URL=redis://localhost/1 CELERY_BROKER_URL=redis://localhost/0 \
	EMAIL_URL=smtp://localhost:25 \
	"$BIN/python" manage.py check --deploy --fail-level WARNING

[ -z "$failed" ] && echo "All checks pass." && exit 0
echo "Failed:$failed" >&2
exit 1
