#!/usr/bin/env bash
# Resolves the dependencies of pyproject.toml into requirements/*.txt, each package with its hashes.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    local output="requirements/$1.txt"
    shift
    echo "    $output"
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
        --output-file "$output" "$@"
}

compile base pyproject.toml
compile postgresql pyproject.toml --extra postgresql -c requirements/base.txt
compile dev pyproject.toml --extra postgresql --extra dev -c requirements/base.txt
compile uv requirements/uv.in
