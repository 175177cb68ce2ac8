#!/usr/bin/env bash
# The tests on SQLite and, beside them, on a PostgreSQL of their own, then the browser journeys: a machine with two cores
# is done in little more than half of the whole. What was done beside is shown when SQLite has spoken.
set -uo pipefail
cd "$(dirname "$0")/.."
said=$(mktemp)

tests() {
    .venv/bin/python -m pytest "$@"
    local code=$?
    # 5: none of the tests asked for is of this kind.
    [ "$code" = 5 ] || return "$code"
}

beside() {
    local code=0
    tools/on_postgresql.sh .venv/bin/python -m pytest -m "not journey and not once" "$@" || code=$?
    [ "$code" = 5 ] && code=0
    echo "Journeys in a browser"
    tests -m journey "$@" || code=$?
    return "$code"
}

set -m
beside "$@" >"$said" 2>&1 </dev/null &
other=$!
set +m
trap 'kill -- "-$other" 2>/dev/null; rm -f "$said"' EXIT

echo "Tests on SQLite"
tests -m "not journey" "$@"
sqlite=$?
wait "$other"
others=$?
cat "$said"
exit "$((sqlite || others))"
