# shellcheck shell=bash disable=SC2154
# What the scripts that run real clients share: which toolchains there are, and what each part needs
# of them.  Sourced; wants `part`, `python` and `cache`.

conformance=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

skip() { # why
    echo "SKIPPED $part: $1"
    exit 77
}

# --- Toolchains: each function says what is wrong, or nothing -------------------------------------

python_trouble() {
    if ! command -v "$python" >/dev/null; then
        echo "$python is missing; install python3 (3.10 or newer) or set PYTHON"
    elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
        echo "$("$python" --version) is too old, 3.10 is needed; set PYTHON to a newer one"
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python has no venv; install python3-venv"
    fi
}

java_trouble() {
    local version
    if ! command -v java >/dev/null || ! command -v javac >/dev/null; then
        echo "java or javac is missing; install openjdk-17-jdk-headless"
        return
    fi
    version=$(javac -version 2>&1 | sed 's/^javac \([0-9]*\).*/\1/')
    if ((version < 17)); then
        echo "javac $version is too old, 17 is needed; install openjdk-17-jdk-headless"
    elif ! command -v mvn >/dev/null; then
        echo "mvn is missing; install maven"
    fi
}

node_trouble() {
    local version
    if ! command -v node >/dev/null; then
        echo "node is missing; install nodejs (18 or newer)"
        return
    fi
    version=$(node -p 'process.versions.node.split(".")[0]')
    if ((version < 18)); then
        echo "node $version is too old, 18 is needed; install a newer nodejs"
    elif ! command -v npm >/dev/null; then
        echo "npm is missing; install npm"
    fi
}

go_trouble() {
    local version
    if ! command -v go >/dev/null; then
        echo "go is missing; install golang-go (1.19 or newer)"
        return
    fi
    version=$(go env GOVERSION)
    version=${version#go1.}
    if ((${version%%[!0-9]*} < 19)); then
        echo "go 1.$version is too old, 1.19 is needed; install a newer golang-go"
    fi
}

rust_trouble() {
    local needed version
    if ! command -v cargo >/dev/null || ! command -v rustc >/dev/null; then
        echo "cargo or rustc is missing; install a Rust toolchain"
        return
    fi
    needed=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$conformance/rust/Cargo.toml")
    version=$(rustc --version | cut -d' ' -f2)
    if [[ $(printf '%s\n' "$needed" "$version" | sort -V | head -n 1) != "$needed" ]]; then
        echo "rustc $version is too old, $needed is needed; install a newer Rust toolchain"
    fi
}

# --- Installing: each once for the cache, again only when its sources change -------------

installed() { # directory, what it was made from
    [[ -f $1/made-from && $(<"$1/made-from") == "$2" ]]
}

install_python() {
    local made_from
    made_from="$("$python" --version) $(sha256sum <"$conformance/python/requirements.txt")"
    installed "$cache/python" "$made_from" && return
    echo "$part: installing boto3 and the AWS CLI into $cache/python"
    rm -rf "$cache/python"
    "$python" -m venv "$cache/python"
    "$cache/python/bin/pip" install --quiet --disable-pip-version-check --no-deps \
        --requirement "$conformance/python/requirements.txt"
    echo "$made_from" >"$cache/python/made-from"
}

need() { # python, js, java, go or rust; parts that run at the same time wait for each other
    local trouble
    trouble=$("${1/js/node}_trouble")
    [[ -z $trouble ]] || skip "$trouble"
    (
        flock 9
        "install_$1"
    ) 9>"$cache/$1.lock"
}
