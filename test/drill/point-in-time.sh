#!/bin/bash
# Goes back to an instant on a PostgreSQL server, as docs/operations.md says, and proves that everything is as it was then. Not part of `npm test`.
# Usage: test/drill/point-in-time.sh BACKUP KEYS [BIN]: a backup of a county and its keys (`bin/windlion backup DIR`), folder of initdb and postgres (Debian's 15).
# Needs nothing that runs: it starts a server of its own in a scratch folder, fills it from the backup, archives its logs, takes a base, lets the county go
# on, notes rows, figures and the record's checkpoint, then does damage, goes back to before it and compares. The scratch place goes again; exit 1 on a difference.
set -eu
backup=${1:?folder of a backup}; keys=${2:?folder of its keys}; bin=${3:-/usr/lib/postgresql/15/bin}
backup=$(realpath "$backup"); keys=$(realpath "$keys")
here=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d /tmp/windlion-point-XXXXXX)
chmod 755 "$scratch"

# root cannot run PostgreSQL: the server and its folders are nobody's
as_server() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
own() { mkdir -p "$1"; if [ "$(id -u)" = 0 ]; then chown 65534:65534 "$1"; fi; chmod 700 "$1"; }
stop() { as_server "$bin/pg_ctl" -D "$scratch/$1" -m immediate stop >/dev/null 2>&1 || true; }
trap 'stop first; stop second; rm -rf "$scratch"' EXIT
for each in first second archive base; do own "$scratch/$each"; done

# FOLDER PORT
start() { as_server "$bin/pg_ctl" -D "$scratch/$1" -w -t 600 -o "-p $2 -k $scratch/$1 -c listen_addresses=127.0.0.1" -l "$scratch/$1/log" start >/dev/null; }
# PORT STATEMENT [DATABASE]
sql() { "$bin/psql" -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$1" -U postgres -d "${3:-windlion}" -c "$2"; }
# PORT DATA ARGUMENT…
windlion() {
  local port=$1 data=$2
  shift 2
  DATABASE_URL=postgresql://postgres@127.0.0.1:$port/windlion DATABASE_OWNER_URL='' WINDLION_DATA=$data WINDLION_DEMO=0 WINDLION_CHECKPOINTS='' "$here/bin/windlion" "$@"
}
# of every table, one a line
rows() {
  local query
  query=$(sql "$1" "select string_agg(format('select %L, count(*) from %I.%I', schemaname || '.' || tablename, schemaname, tablename), ' union all ') from pg_tables where schemaname in ('windlion', 'windlion_history')")
  sql "$1" "$query order by 1"
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
new_person() { printf '%s\n%s\n' "$password" "$password" | windlion "$a" "$scratch/data" user create "$1" --name 演練 --unit "$unit" --role officer >/dev/null; }
a=$(free_port); b=$(free_port)
password=$(head -c 18 /dev/urandom | base64)

echo "a server of its own: $("$bin/postgres" --version)"
as_server "$bin/initdb" -D "$scratch/first" -U postgres -A trust -E UTF8 --locale=C >/dev/null
printf '%s\n' 'wal_level = replica' 'archive_mode = on' "archive_command = 'test ! -f $scratch/archive/%f && cp %p $scratch/archive/%f'" 'archive_timeout = 60' 'max_connections = 50' >> "$scratch/first/postgresql.conf"
start first "$a"
sql "$a" "create database windlion encoding 'UTF8' template template0" postgres
windlion "$a" "$scratch/data" restore "$backup" --keys "$keys" | tail -1
unit=$(sql "$a" "select code from windlion.units where valid_until is null order by id limit 1")

echo "a base, and the county goes on"
as_server "$bin/pg_basebackup" -h 127.0.0.1 -p "$a" -U postgres -D "$scratch/base" -c fast -X fetch
new_person drill-before
windlion "$a" "$scratch/data" verify >"$scratch/verify-before" || { cat "$scratch/verify-before"; echo "the county was not whole before the drill"; exit 1; }
windlion "$a" "$scratch/data" proof --checkpoint >"$scratch/checkpoint-before"
rows "$a" >"$scratch/rows-before"
sleep 2
instant=$(sql "$a" "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || 'Z'")
report() { windlion "$1" "$2" report --from 110-04-01 --to 110-09-30 --status-on 110-10-31 --as-of "$instant" --format json; }
sleep 2

echo "damage after $instant"
new_person drill-after
report "$a" "$scratch/data" >"$scratch/figures-before"
sql "$a" "set session_replication_role = replica; delete from windlion.case_texts; update windlion.cases set title = '壞了'"
sql "$a" "select pg_switch_wal()" >/dev/null
for _ in $(seq 300); do
  [ "$(sql "$a" "select count(*) from pg_ls_archive_statusdir() where name like '%.ready'")" = 0 ] && break
  sleep 1
done
stop first

echo "back to before it"
as_server cp -a "$scratch/base/." "$scratch/second/"
printf '%s\n' 'archive_mode = off' "restore_command = 'cp $scratch/archive/%f %p'" "recovery_target_time = '${instant%Z}+00'" "recovery_target_action = 'promote'" >> "$scratch/second/postgresql.conf"
as_server touch "$scratch/second/recovery.signal"
start second "$b"
for _ in $(seq 300); do
  [ "$(sql "$b" 'select pg_is_in_recovery()' postgres)" = f ] && break
  sleep 1
done
cp -a "$scratch/data" "$scratch/data-again"

different=0
same() {
  if diff -q "$2" "$3" >/dev/null; then echo "same: $1"; else echo "DIFFERENT: $1"; diff "$2" "$3" | head -20; different=1; fi
}
rows "$b" >"$scratch/rows-after"
same "rows of $(wc -l <"$scratch/rows-before") tables" "$scratch/rows-before" "$scratch/rows-after"
report "$b" "$scratch/data-again" >"$scratch/figures-after"
same "figures of a half-year" "$scratch/figures-before" "$scratch/figures-after"
if windlion "$b" "$scratch/data-again" verify --against "$scratch/checkpoint-before" >"$scratch/verify-after"; then
  echo "same: record, cases, documents and sealed data, against the checkpoint of before"
else
  echo "DIFFERENT: verify"; cat "$scratch/verify-after"; different=1
fi
exit $different
