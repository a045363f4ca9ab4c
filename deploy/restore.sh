#!/usr/bin/env bash
# deploy/restore.sh FILE: puts a dump of deploy/backup.sh into a new project that has the same migrations and nobody in it
# yet (docs/DEPLOYMENT.md). All of it or nothing. Which database is said by PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE.
set -euo pipefail
file=${1:?usage: deploy/restore.sh FILE}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ask() { psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@"; }

if [[ $(ask --command='select count(*) from auth.users') != 0 ]]; then
  echo "This database has accounts already: restore into a new project." >&2
  exit 1
fi

# The tables, functions and policies are the migrations'; the dump has to fit them.
pg_restore --data-only --schema=supabase_migrations --table=schema_migrations --file="$work/migrations.sql" "$file"
sed -n '/^COPY /,/^\\\.$/p' "$work/migrations.sql" | sed '1d;$d' | cut -f1 | sort >"$work/dumped"
ask --command='select version from supabase_migrations.schema_migrations' | sort >"$work/applied"
if ! diff "$work/dumped" "$work/applied" >"$work/difference"; then
  echo "The migrations of the dump (<) are not those of this database (>): push those of the backup's release first." >&2
  cat "$work/difference" >&2
  exit 1
fi

# The whole file is written before any of it is applied: a dump that is cut short changes nothing.
pg_restore --data-only --schema=auth --schema=public --file="$work/data.sql" "$file"
cat >"$work/before.sql" <<'SQL'
-- No trigger and no foreign key acts on what they have acted on before.
set session_replication_role = replica;
-- What migrations wrote is in the dump too.
do $$
begin
  execute (select 'truncate ' || string_agg(format('public.%I', tablename), ', ') from pg_tables where schemaname = 'public');
end $$;
SQL
ask --single-transaction --file="$work/before.sql" --file="$work/data.sql" --command='set session_replication_role = origin' >/dev/null
ask --command='analyze'
echo "Restored: $(ask --command='select count(*) from auth.users') accounts, $(ask --command='select count(*) from public.search_runs') runs, $(ask --command='select count(*) from public.postings') postings."
