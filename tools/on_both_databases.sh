#!/usr/bin/env bash
# The tests on SQLite, with the browser journeys, and beside them on a PostgreSQL of their own: a machine with two
# cores is done in little more than the longer of the two. What PostgreSQL says is shown when SQLite has spoken.
set -uo pipefail
cd "$(dirname "$0")/.."
said=$(mktemp)
set -m
tools/on_postgresql.sh .venv/bin/python -m pytest -m "not journey and not once" "$@" >"$said" 2>&1 </dev/null &
other=$!
set +m
trap 'kill -- "-$other" 2>/dev/null; rm -f "$said"' EXIT

echo "Tests on SQLite"
.venv/bin/python -m pytest "$@"
sqlite=$?
wait "$other"
postgresql=$?
cat "$said"
exit "$((sqlite || postgresql))"
