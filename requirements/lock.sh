#!/usr/bin/env bash
# Refreshes the locked versions: dev.txt for development, one file for each function's image. Run it by `./dev lock`.
#
# The files hold versions and hashes for every platform and no address of any index. `--upgrade` takes newer versions.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv() { .venv/bin/uv "$@"; }

compile() {
  local output=$1
  shift
  # Our own distributions come from this repository, not from a lock file.
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links --no-emit-package fte-shared --no-emit-package fte-ops \
    --output-file "$output" "$@"
  echo "$output: $(grep -c '==' "$output") packages"
}

functions=(intake-gmail intake-whatsapp intake-webform agent deliver backoffice)
projects=()
for name in "${functions[@]}"; do
  projects+=("functions/$name/pyproject.toml")
done

compile requirements/dev.txt "$@" --extra framework --group pyproject.toml:dev \
  local/pyproject.toml "${projects[@]}"
# The images use the versions that were tested: dev.txt constrains them.
for name in "${functions[@]}"; do
  compile "requirements/$name.txt" "$@" --extra framework --constraint <(grep -oE '^[a-z0-9.-]+==[^ ;]+( ; [^\\]+)?' requirements/dev.txt) \
    "functions/$name/pyproject.toml"
done
