#!/usr/bin/env bash
# Prepares .venv/ and the catalogues. `tools/install.sh base` is what serves the site, `dev` what tests need too.
# A second call finds its own marks (checksums of the lock files) and does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
# Without compiled modules every start of the program would take seconds more.
unset PYTHONDONTWRITEBYTECODE

profile="${1:-base}"
lock="requirements/${profile}.txt"
mark=".venv/.maillage-${profile}"

checksum() { cat "$@" | cksum; }

say_total() { printf '    %s s\n' "$((SECONDS - started))"; started=$SECONDS; }
started=$SECONDS

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3; do
        if command -v "$candidate" >/dev/null && is_recent "$candidate" && "$@" "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_environment() {
    local python
    if ! python="$(find_python has_venv)"; then
        if ! find_python true >/dev/null; then
            echo "Maillage needs Python 3.11 or later, and none was found on the PATH." >&2
            exit 1
        fi
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            echo "    Python has no venv module here: installing Debian's python3-venv"
            tools/system_packages.sh python3-venv
        fi
        if ! python="$(find_python has_venv)"; then
            echo "This Python cannot make environments: install its venv module (Debian: apt install python3-venv)." >&2
            exit 1
        fi
    fi
    "$python" -m venv --clear .venv
}

if [ -f "$mark" ] && [ "$(cat "$mark")" = "$(checksum requirements/uv.txt "$lock")" ] && .venv/bin/python -c ''; then
    .venv/bin/python tools/compile_catalogues.py >/dev/null
    exit 0
fi

echo "1/4 Python environment, .venv/"
if ! { [ -x .venv/bin/python ] && is_recent .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    make_environment
fi
say_total

echo "2/4 Installer, uv"
if ! [ "$(cat .venv/.maillage-uv 2>/dev/null)" = "$(checksum requirements/uv.txt)" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-compile --require-hashes \
        -r requirements/uv.txt
    checksum requirements/uv.txt >.venv/.maillage-uv
fi
say_total

echo "3/4 Packages, ${lock}"
VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
checksum requirements/uv.txt "$lock" >"$mark"
say_total

echo "4/4 Catalogues, locale/"
.venv/bin/python tools/compile_catalogues.py
