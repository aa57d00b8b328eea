#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-locale.sh LOCALE COMMAND...: runs a test in a locale such as de_DE, which
# need not be one of the system's: it is made for the test alone.
set -u

locale=$1
shift
skip() {
  echo "1..0 # SKIP $1"
  exit 0
}

command -v localedef > /dev/null || skip "there is no localedef"
folder=$(mktemp -d "${TMPDIR:-/tmp}/numeral-locale.XXXXXX")
trap 'rm -rf "$folder"' EXIT
localedef -i "$locale" -f UTF-8 "$folder/$locale.UTF-8" > /dev/null 2>&1
[ -d "$folder/$locale.UTF-8" ] || skip "there are no sources of the locale $locale"

LOCPATH=$folder LC_ALL=$locale.UTF-8 LANGUAGE='' "$@"
