#!/usr/bin/env bash
# Gives @tensorflow/tfjs-node its native part where npm could not: the TensorFlow C library is taken from the Python wheel
# tensorflow-cpu, and the addon is compiled from the sources that the npm package brings. Nothing but node_modules changes;
# `npm ci` undoes it. Safe to run again: it does nothing where the backend works.
#
#   scripts/install-tfjs-node.sh [FOLDER]     the project whose node_modules it is; default: where the script is run
#
#   TENSORFLOW_WHEEL=FILE.whl    a wheel that is already here, instead of a download of 260 MB
#   FORCE=1                      build it anew
set -euo pipefail

readonly wheel_version=2.21.0
readonly package_version=4.22.0
readonly name=@tensorflow/tfjs-node

project=$(cd "${1:-.}" && pwd)
readonly project
readonly target=$project/node_modules/$name
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT

say() { echo "tfjs-node: $*"; }

# What went wrong, what to do about it, and the end of the log where there is one.
stop() {
  echo "tfjs-node: $1" >&2
  [[ -z ${2:-} ]] || echo "  remedy: $2" >&2
  [[ ! -s ${3:-} ]] || { echo "  the end of its output:" >&2; tail -n 15 "$3" | sed 's/^/    /' >&2; }
  exit 1
}

# Prints the version of TensorFlow when the backend computes. Node 23 dropped two functions that tfjs-node still calls.
works() {
  TF_CPP_MIN_LOG_LEVEL=2 node --no-deprecation - "$project" >"$work/version" 2>"$work/works.log" <<'JS'
const util = require('node:util');
util.isArray ??= Array.isArray;
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
const load = require('node:module').createRequire(`${process.argv[2]}/package.json`);
const tf = load('@tensorflow/tfjs-node');
const [product] = tf.tensor2d([[2, 3]]).matMul(tf.tensor2d([[5], [7]])).dataSync();
if (tf.getBackend() !== 'tensorflow') throw new Error(`the backend is ${tf.getBackend()}`);
if (product !== 31) throw new Error(`2 * 5 + 3 * 7 gives ${product}`);
console.log(tf.backend().binding.TF_Version);
JS
}

require_tools() {
  local tool
  [[ "$(uname -s) $(uname -m)" == 'Linux x86_64' ]] ||
    stop "this way is for Linux on x64, not $(uname -s) on $(uname -m)" "npm rebuild $name --build-addon-from-source"
  for tool in node npm python3 g++; do
    command -v "$tool" >"$work/which" || stop "\"$tool\" is not on the PATH" "on Debian: apt-get install nodejs npm python3-pip g++"
  done
}

# npm takes an optional package away whose install script has failed.
restore_package() {
  if [[ ! -f $target/package.json ]]; then
    say "adding the package $name@$package_version, without its install script"
    (cd "$project" && npm install --no-save --ignore-scripts --no-audit --no-fund "$name@$package_version") >"$work/npm.log" 2>&1 ||
      stop "npm cannot add $name@$package_version" "look whether the npm registry can be reached" "$work/npm.log"
  fi
  local present
  present=$(node -p 'require(process.argv[1]).version' "$target/package.json")
  [[ $present == "$package_version" ]] || stop "$name is at $present" "npm ci, which brings $package_version"
}

# Sets `wheel`. The C library is the same in the wheels for every Python, so one for another Python serves too.
find_wheel() {
  wheel=${TENSORFLOW_WHEEL:-}
  if [[ -n $wheel ]]; then
    [[ -f $wheel ]] || stop "TENSORFLOW_WHEEL: $wheel is not there"
    return
  fi
  say "downloading tensorflow-cpu $wheel_version with pip (260 MB)"
  local pip=(python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$work/wheel")
  "${pip[@]}" "tensorflow-cpu==$wheel_version" >"$work/pip.log" 2>&1 ||
    "${pip[@]}" --implementation cp --python-version 3.12 --abi cp312 --platform manylinux_2_27_x86_64 \
      "tensorflow-cpu==$wheel_version" >>"$work/pip.log" 2>&1 ||
    stop "pip cannot download it" "give a wheel: TENSORFLOW_WHEEL=tensorflow_cpu-$wheel_version-….whl" "$work/pip.log"
  wheel=$(find "$work/wheel" -name '*.whl')
}

# The two libraries, and the few headers that the addon includes.
unpack_wheel() {
  say "taking the C library out of $(basename "$wheel")"
  rm -rf "$target/deps"
  python3 - "$wheel" "$target/deps" 2>"$work/unpack.log" <<'PY' || stop "the wheel cannot be used" "give another one with TENSORFLOW_WHEEL" "$work/unpack.log"
import pathlib, re, shutil, sys, zipfile

deps = pathlib.Path(sys.argv[2])
library = re.compile(r"tensorflow/(libtensorflow_(?:cc|framework)\.so\.2)")
header = re.compile(r"tensorflow/include/((?:tensorflow|xla/tsl)/c/.+\.h|(?:tensorflow/core|tsl)/platform/ctstring[^/]*\.h)")
libraries = 0
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for member in wheel.namelist():
        if found := library.fullmatch(member):
            place = deps / "lib" / found[1]
            libraries += 1
        elif found := header.fullmatch(member):
            place = deps / "include" / found[1]
        else:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with wheel.open(member) as source, place.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
if libraries != 2:
    sys.exit(f"{libraries} of the two TensorFlow libraries are in it")
PY
  if command -v strip >"$work/which"; then strip --strip-unneeded "$target"/deps/lib/*.so.2; fi
  # The install script of the package takes this name as the sign that the library is there.
  ln -s libtensorflow_cc.so.2 "$target/deps/lib/libtensorflow.so.2.9.1"
}

# Sets `headers`. Any Node's headers do: the addon uses the stable interface alone.
find_headers() {
  headers=$(node -p 'path.resolve(process.execPath, "../../include/node")')
  [[ ! -f $headers/node_api.h ]] || return 0
  say "fetching node-api-headers, since this Node came without its headers"
  (cd "$work" && npm pack --silent node-api-headers@1.9.0 && tar -xzf node-api-headers-1.9.0.tgz) >"$work/headers.log" 2>&1 ||
    stop "there is no node_api.h" "install the headers of Node (on Debian: libnode-dev)" "$work/headers.log"
  headers=$work/package/include
}

compile() {
  say "compiling the addon"
  mkdir -p "$target/lib/napi-v8"
  (cd "$target" && g++ -std=c++17 -O2 -fPIC -shared -w -DNAPI_VERSION=8 -DBUILDING_NODE_EXTENSION \
    -Ideps/include -I.. -I"$headers" binding/tfjs_backend.cc binding/tfjs_binding.cc -o lib/napi-v8/tfjs_binding.node \
    -Ldeps/lib -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 '-Wl,-rpath,$ORIGIN/../../deps/lib') >"$work/compile.log" 2>&1 ||
    stop "g++ cannot compile it" "use g++ 9 or newer" "$work/compile.log"
}

[[ -f $project/package.json ]] || stop "$project is no project (no package.json)" "name the project: $0 FOLDER"
if [[ -z ${FORCE:-} && -d $target ]] && works; then
  say "works already, on TensorFlow $(<"$work/version")"
  exit 0
fi
require_tools
restore_package
find_wheel
unpack_wheel
find_headers
compile
works || stop "it was built, but does not load" "FORCE=1 $0; where that fails too, engine: { kind: tfjs, backend: wasm } does without" "$work/works.log"
say "ready, on TensorFlow $(<"$work/version") ($(du -sm "$target" | cut -f1) MB)"
