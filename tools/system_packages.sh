#!/usr/bin/env bash
# Debian packages: installs those given that are missing, where we are root; says what is left out elsewhere.
set -euo pipefail

program_of() {
    case "$1" in
        chromium) command -v chromium ;;
        postgresql) command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' ;;
        gettext) command -v xgettext ;;
        python3-venv) /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null && echo here ;;
    esac
}

consequence_of() {
    case "$1" in
        chromium) echo "the journeys in a real browser are left out" ;;
        postgresql) echo "the tests run on SQLite alone" ;;
        gettext) echo "messages cannot be collected (make catalogues)" ;;
        python3-venv) echo "no environment can be made" ;;
    esac
}

missing=()
for package in "$@"; do
    program_of "$package" >/dev/null || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    install=(apt-get install --yes --quiet --no-install-recommends "${missing[@]}")
    log="$(mktemp)"
    if ! { "${install[@]}" || { apt-get update --quiet && "${install[@]}"; }; } >"$log" 2>&1 </dev/null; then
        tail -3 "$log"
    fi
    rm -f "$log"
fi
for package in "${missing[@]}"; do
    program_of "$package" >/dev/null || echo "Without Debian's ${package}: $(consequence_of "$package")."
done
