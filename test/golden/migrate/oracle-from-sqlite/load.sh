#!/bin/sh
# Loads the rows of this package into the tables that ddl.sql has made: all of them or none.
#
# Run it inside the folder of the package:
#   ORACLE_LOGIN=USER@//HOST/SERVICE sh load.sh
#
# ORACLE_LOGIN is what sqlplus and sqlldr take without the password: user@//host/service, user@alias, or /@alias for a
# wallet. Each program asks for the password, or is given that in ORACLE_PASSWORD.
set -eu
: "${ORACLE_LOGIN:?names the user and the database}"
NLS_LANG=AMERICAN_AMERICA.AL32UTF8
export NLS_LANG
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
given() {
  if [ -n "${ORACLE_PASSWORD-}" ]; then printf '%s\n' "$ORACLE_PASSWORD" | "$@"; else "$@"; fi
}
run() { given sqlplus -S -L "$ORACLE_LOGIN" "@$1"; }
fill() {
  if given sqlldr userid="$ORACLE_LOGIN" control="$1" data="$2" log="$work/load.log" bad="$work/load.bad" silent=header,feedback; then return; fi
  cat "$work/load.log" >&2 || true
  exit 1
}
run stage.sql
fill 'main.every_type.ctl' 'data/main.every_type.csv'
fill 'main.people.ctl' 'data/main.people.csv'
fill 'main.skills.ctl' 'data/main.skills.csv'
fill 'main.b_second.ctl' 'data/main.b_second.csv'
fill 'main.a_first.ctl' 'data/main.a_first.csv'
fill 'main.loose.ctl' 'data/main.loose.csv'
fill 'main.sel-ect----from.ctl' 'data/main.sel-ect----from.csv'
run load.sql
