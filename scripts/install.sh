#!/bin/sh
# Makes .venv and node_modules from the lock files. Quick where both stand already.
# Whatever stops it is said in one sentence, and a first installation that fails leaves nothing behind.
set -eu
cd "$(dirname "$0")/.."

refuse() {
	echo "Groundswell cannot be installed: $1" >&2
	exit 1
}

newest_python() {
	for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
		if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
			echo "$candidate"
			return
		fi
	done
	return 1
}

check_tools() {
	python=$(newest_python) || refuse "it needs Python 3.11 or later. Install it, or name it: make install PYTHON=/path/to/python3."
	"$python" -c 'import ensurepip, venv' 2>/dev/null ||
		refuse "this Python has no venv module. Install it (on Debian and Ubuntu: apt-get install python3-venv)."
	command -v node >/dev/null || refuse "it needs Node 20 or later. Install Node, which brings npm with it."
	node --version >/dev/null 2>&1 || refuse "it needs Node 20 or later, and the node that is here does not start. Install it again."
	node -e 'process.exit(+(parseInt(process.versions.node) < 20))' ||
		refuse "it needs Node 20 or later, and this is $(node --version). Install a newer Node."
	command -v npm >/dev/null || refuse "it needs npm, which comes with Node. Install it."
}

# A stamp holds the sums of what was installed from: a changed lock or a moved folder installs anew.
sums() {
	{ pwd; cat "$@"; } | cksum
}

install_python() {
	first=$([ -e .venv ] && echo no || echo yes)
	undo() {
		[ "$first" = no ] || rm -rf .venv
		refuse "$1"
	}
	rm -f .venv/installed
	trap 'undo "it was stopped."' INT TERM
	"$python" -m venv .venv || undo "the Python environment .venv could not be made."
	echo "Installing the Python packages..."
	install_locked || undo "a Python package of requirements/dev.txt could not be had. Is there a network?"
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ||
		undo "the project itself could not be installed."
	trap - INT TERM
	sums pyproject.toml requirements/dev.txt >.venv/installed
}

# uv does in seconds what pip does in a minute; where it is not, or fails, pip does it. Both compile what they install:
# where nothing else may (PYTHONDONTWRITEBYTECODE), every process would spend half of its start on compiling.
install_locked() {
	if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
		VIRTUAL_ENV="$PWD/.venv" uv pip install --quiet --compile-bytecode --require-hashes \
			--requirement requirements/dev.txt 2>/dev/null && return
	fi
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
}

# The second opinion on the statistics, which only the tests ask for: CI always has it, others where they want it.
install_oracle() {
	echo "Installing the second opinion on the statistics..."
	.venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes \
		--requirement requirements/oracle.txt ||
		refuse "a Python package of requirements/oracle.txt could not be had. Is there a network?"
	sums requirements/oracle.txt >.venv/oracle-installed
}

install_node() {
	first=$([ -e node_modules ] && echo no || echo yes)
	echo "Installing the npm packages..."
	if ! npm ci --silent --no-audit --no-fund; then
		[ "$first" = no ] || rm -rf node_modules
		refuse "an npm package of package-lock.json could not be had. Is there a network?"
	fi
	sums package.json package-lock.json >node_modules/.installed
}

current() {
	stamp=$1
	shift
	[ -e "$stamp" ] && [ "$(cat "$stamp")" = "$(sums "$@")" ]
}

check_tools
current .venv/installed pyproject.toml requirements/dev.txt || install_python
[ "${CI:-}" != true ] || current .venv/oracle-installed requirements/oracle.txt || install_oracle
current node_modules/.installed package.json package-lock.json || install_node
.venv/bin/python scripts/compile_messages.py
