#!/bin/sh
# Loads the rows of this package into the tables that ddl.sql has made: all of them or none.
#
# Run it inside the folder of the package:
#   sh load.sh
#
# SQLCMDSERVER and SQLCMDDBNAME say where to. SQLCMDUSER is a login of the server, with its password in
# SQLCMDPASSWORD; without it the account of this system is used. While bcp runs, other people on this
# machine may see the password among its processes; without SQLCMDPASSWORD each program asks for it.
# SQLCMD_OPTIONS and BCP_OPTIONS are handed on, as -C and -u for a server whose certificate is to be trusted.
set -eu
: "${SQLCMDSERVER:?names the server}" "${SQLCMDDBNAME:?names the database}"
run() {
  if [ -n "${SQLCMDUSER-}" ]; then set -- "$@" -U "$SQLCMDUSER"; else set -- "$@" -E; fi
  sqlcmd -S "$SQLCMDSERVER" -d "$SQLCMDDBNAME" -b -x -I ${SQLCMD_OPTIONS-} -i "$@"
}
fill() {
  if [ -z "${SQLCMDUSER-}" ]; then set -- "$@" -T
  elif [ -z "${SQLCMDPASSWORD-}" ]; then set -- "$@" -U "$SQLCMDUSER"
  else set -- "$@" -U "$SQLCMDUSER" -P "$SQLCMDPASSWORD"; fi
  stage=$1 file=$2
  shift 2
  bcp "$stage" in "$file" -S "$SQLCMDSERVER" -d "$SQLCMDDBNAME" -w -F 2 -k -m 1 -r '\r\n' ${BCP_OPTIONS-} "$@"
}
run stage.sql
fill waybill_load.t0 'data/main.every_type.csv'
fill waybill_load.t1 'data/main.people.csv'
fill waybill_load.t2 'data/main.skills.csv'
fill waybill_load.t3 'data/main.b_second.csv'
fill waybill_load.t4 'data/main.a_first.csv'
fill waybill_load.t5 'data/main.loose.csv'
fill waybill_load.t7 'data/main.sel-ect----from.csv'
run load.sql
