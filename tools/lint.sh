#!/usr/bin/env bash
# Every check but the tests, the quick ones first; all are run, and it fails at the end if one did.
# With `quick`: what the pre-commit hook runs.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
failed=()

check() {
    local name="$1" output
    shift
    if output="$("$@" 2>&1)"; then
        printf '  ok      %s\n' "$name"
    else
        printf '  FAILED  %s\n%s\n' "$name" "$output"
        failed+=("$name")
    fi
}

spelling() { git ls-files -z | xargs -0 codespell; }

deployment() {
    # As on a server, with invented values: settings.production must raise no warning.
    local data
    data="$(mktemp -d)"
    MAILLAGE_VAR="$data" DATABASE_URL='' DJANGO_SETTINGS_MODULE=config.settings.local python -c \
        'import django; django.setup(); from maillage.charters import seal; seal.files()'
    SEAL_KEY_FILE="$data/seal/seal.key" SEAL_CERTIFICATE_FILE="$data/seal/seal.pem" EMAIL_HOST=smtp.example.org \
        DEFAULT_FROM_EMAIL='Maillage <maillage@example.org>' \
        SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" ALLOWED_HOSTS=maillage.example.org \
        SITE_ADDRESS=https://maillage.example.org MAILLAGE_VAR="$data" DATABASE_URL= \
        DJANGO_SETTINGS_MODULE=config.settings.production python \
        manage.py check --deploy --fail-level WARNING
    local code=$?
    rm -rf "$data"
    return $code
}

migrations() { DJANGO_SETTINGS_MODULE=config.settings.test python manage.py makemigrations --check --dry-run; }

echo "Linters"
check "style and mistakes (ruff)" ruff check --quiet .
check "format (ruff)" ruff format --check --quiet .
check "contracts between apps (import-linter)" lint-imports --no-cache
check "templates (djlint)" djlint maillage --lint --quiet
check "spelling (codespell)" spelling
if [ "${1:-}" != quick ]; then
    # Without what an earlier run remembers: it has hidden a fault that a clean checkout then met.
    check "types (mypy)" mypy --cache-dir=/dev/null
    check "migrations are written" migrations
    check "settings of production" deployment
fi
if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}"
    exit 1
fi
