-- Sequences are drawn from by the tables that they belong to, and by nobody else.
alter default privileges in schema public revoke all on sequences from anon, authenticated;
revoke all on all sequences in schema public from anon, authenticated;
