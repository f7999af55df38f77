#!/usr/bin/env bash
# Run the two doors in fresh clones of the last commit, three ways, with empty caches and a bare
# environment: as is; without a C compiler on the PATH; interpreted, with no compiler at all.
#
#   tools/three_ways.sh [screen|test]...    both without arguments
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
doors=("$@")
((${#doors[@]})) || doors=(screen test)
compilers='^(cc|c89|c99|tcc|.*gcc.*|.*g[+][+].*|.*clang.*|c[+][+]|cpp)(-[0-9.]+)?$'

# Link every program of the PATH but compilers into one folder.
bare_path() {
    mkdir "$1"
    local IFS=:
    for folder in $PATH; do
        [ -d "$folder" ] || continue
        for program in "$folder"/*; do
            name=${program##*/}
            if [[ -x $program && ! -e $1/$name && ! $name =~ $compilers ]]; then
                ln -s "$program" "$1/$name"
            fi
        done
    done
}

# One way: its name, its PATH, and further settings of the environment.
way() {
    local name=$1 path=$2 clone="$work/$1/limen"
    shift 2
    git clone -q "$root" "$clone"
    [ ! -d "$root/../shared" ] || ln -s "$(cd "$root/../shared" && pwd)" "$work/$name/shared"
    mkdir "$work/$name/home"
    for door in "${doors[@]}"; do
        echo "== $name: make $door"
        (cd "$clone" && env -i PATH="$path" HOME="$work/$name/home" LANG=C.UTF-8 "$@" make "$door") \
            >"$work/log" 2>&1 || { tail -50 "$work/log"; echo "FAILED $name: make $door"; exit 1; }
        grep -E 'passed|failed|parties in|limen: |NO ' "$work/log" || tail -3 "$work/log"
    done
    (cd "$clone" && find src -name '_compiled_*.so' -o -name _not_compiled.txt)
}

bare_path "$work/bin"
way as-is "$PATH"
way no-compiler "$work/bin"
way interpreted "$work/bin" LIMEN_PURE=1
echo "all three ways passed: ${doors[*]}"
