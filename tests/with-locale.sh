#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-locale.sh LOCALE COMMAND...: runs a test in a locale such as de_DE, which
# need not be one of the system's: it is made for the tests alone, once in the folder
# that NUMERAL_TEST_LOCALE_CACHE names.
set -u

locale=$1
shift
skip() {
  echo "1..0 # SKIP $1"
  exit 0
}

command -v localedef > /dev/null || skip "there is no localedef"
folder=${NUMERAL_TEST_LOCALE_CACHE:?}
mkdir -p "$folder"
# Another test may make it at the same time.
exec 9> "$folder/lock"
flock 9
if [ ! -d "$folder/$locale.UTF-8" ]; then
  rm -rf "$folder/new"
  localedef -i "$locale" -f UTF-8 "$folder/new" > /dev/null 2>&1
  [ ! -d "$folder/new" ] || mv "$folder/new" "$folder/$locale.UTF-8"
fi
flock -u 9
exec 9>&-
[ -d "$folder/$locale.UTF-8" ] || skip "there are no sources of the locale $locale"

LOCPATH=$folder LC_ALL=$locale.UTF-8 LANGUAGE='' "$@"
