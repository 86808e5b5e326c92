#!/usr/bin/env bash
# Makes sure that the Debian packages the tests run against are installed, and installs the missing
# ones. Says nothing when all is there. No service is started: the tests start their own servers.
set -euo pipefail

packages=(
  mariadb-server-core # mariadbd and mariadb-install-db, without a service
  mariadb-client-core
  kamailio
  kamailio-mysql-modules # holds the stock MySQL schema, too
  kamailio-sqlite-modules
  kamailio-json-modules
  sip-tester # SIPp
  baresip-core # a phone, configured as phones are
  libxml2-utils # xmllint
  jq
  ansible-core
  python3-apt # for Ansible, which installs a package
  systemd # systemd-analyze
  mandoc # reads manual pages
  mmdebstrap # makes a bare Debian
  binutils # strip, for the Debian package
  prometheus # promtool
  sqlite3
  tmux
  galera-4
  zsh # completion is tried in every shell that it is for
  fish
  openssl # certificates
  openssh-server
  openssh-client
  sudo
)

# Leaves the names of the packages that are not installed in `missing`.
find_missing() {
  local status
  missing=()
  # dpkg-query fails when it does not know a package at all, and still lists the others.
  # shellcheck disable=SC2016 # the ${…} are dpkg-query's own
  status=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
  for package in "${packages[@]}"; do
    grep -qxF "installed $package" <<<"$status" || missing+=("$package")
  done
}

# mariadbd refuses to run as root, and only the full server package makes the account it runs under.
mysql_account_exists() {
  getent passwd mysql >/dev/null
}

command -v dpkg-query >/dev/null || {
  echo "debian.sh: the tests need Debian (or its packages): ${packages[*]}" >&2
  exit 1
}

find_missing
if ((${#missing[@]} == 0)) && { ((EUID != 0)) || mysql_account_exists; }; then
  exit 0
fi

if ((EUID != 0)); then
  if sudo -n true 2>/dev/null; then
    exec sudo -n bash "${BASH_SOURCE[0]}"
  fi
  echo "debian.sh: the tests need these Debian packages, and installing them takes root:" >&2
  echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

# One run at a time; another may have done the work while this one waited.
exec 9>/run/lock/hermes-test-debian.lock
flock 9
find_missing

if ((${#missing[@]} > 0)); then
  echo "debian.sh: installing ${missing[*]}" >&2
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  # 9>&-: whatever apt-get may leave running must not keep the lock.
  {
    apt-get -qq -o DPkg::Lock::Timeout=300 update
    apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
      install --yes --no-install-recommends "${missing[@]}"
  } </dev/null >&2 9>&-
fi

mysql_account_exists ||
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /bin/false mysql

find_missing
if ((${#missing[@]} > 0)); then
  echo "debian.sh: still not installed: ${missing[*]}" >&2
  exit 1
fi
