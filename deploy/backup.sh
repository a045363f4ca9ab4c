#!/usr/bin/env bash
# deploy/backup.sh FILE: accounts and everything else that the product keeps, as one consistent dump (docs/DEPLOYMENT.md).
# Which database is said by PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE: the owner's connection, not a pooler in
# transaction mode. Needs pg_dump of the server's major version or a later one.
set -euo pipefail
file=${1:?usage: deploy/backup.sh FILE}

# Supabase's own record of what it did to the schema `auth` is each project's own.
pg_dump --format=custom --no-password \
  --schema=auth --schema=public --schema=supabase_migrations \
  --exclude-table-data=auth.schema_migrations \
  --file="$file.part"
# There is no half a backup under its name.
mv "$file.part" "$file"
echo "$file: $(du -h "$file" | cut -f1)"
