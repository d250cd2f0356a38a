# shellcheck shell=bash
# What bin/demo and bin/test share. Sourced by bash, 3.2 or newer.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# version_at_least HAVE WANTED
version_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]
}

# The number of the JDK that Maven will use, nothing when there is none. A JRE without javac does not count.
jdk_version() {
  local javac=javac
  [ -z "${JAVA_HOME:-}" ] || javac=$JAVA_HOME/bin/javac
  "$javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p' | head -n 1
}

maven_version() {
  mvn -version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1
}

has_jdk() {
  local have
  have=$(jdk_version)
  [ -n "$have" ] && [ "$have" -ge 17 ]
}

has_maven() {
  local have
  have=$(maven_version)
  [ -n "$have" ] && version_at_least "$have" 3.8.7
}

is_debian_root() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

apt_install() {
  say "Installing $* (apt-get) ..."
  local log=$root/target/apt.log
  mkdir -p "$root/target"
  # A machine may be new, without any package lists, or have lists that are out of date: then update and try again.
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 </dev/null; then
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
      >"$log" 2>&1 </dev/null; then
      tail -n 15 "$log" >&2
      fail "apt-get could not install: $*"
    fi
  fi
}

# need WHAT CHECK PACKAGE: installs the package on Debian or Ubuntu as root, elsewhere says what is missing.
need() {
  "$2" && return
  if is_debian_root; then
    apt_install "$3"
    hash -r
    "$2" && return
    fail "$1 is needed; the package $3 was installed and does not give it. Install it by hand and start again."
  fi
  fail "$1 is needed. Install it and start again (Debian, Ubuntu: apt-get install $3; as root this script does it itself)."
}

need_java_and_maven() {
  need "A JDK, 17 or newer (javac on the path or in JAVA_HOME)," has_jdk openjdk-17-jdk-headless
  need "Maven, 3.8.7 or newer," has_maven maven
}

# The value of a property of the root pom, the one place for versions.
pom_property() {
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml" | head -n 1
}
