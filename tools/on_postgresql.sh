#!/usr/bin/env bash
# Runs the tests given as a command on a PostgreSQL of their own; says so and passes where there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "The same tests on PostgreSQL"
code=0
.venv/bin/python tools/with_postgresql.py "$@" || code=$?
if [ "$code" = 77 ]; then
    echo "Left out: they run on SQLite alone here."
    exit 0
fi
exit "$code"
