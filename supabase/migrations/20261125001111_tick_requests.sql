-- Who asked from outside for a tick: one row a request that was let in.
create table public.tick_requests (
  -- Of its workflow: a request is noted once.
  id text primary key,
  tick_id text not null,
  -- How it showed that it may ask: a signed request, or the bearer of CRON_SECRET.
  caller text not null check (caller in ('signature', 'cron_secret')),
  -- Of the address that it came from; keyed, so that addresses cannot be guessed back.
  address_hash text not null,
  asked_at timestamptz not null
);
create index tick_requests_by_tick on public.tick_requests (tick_id, asked_at);

alter table public.tick_requests enable row level security;
create policy "service: everything" on public.tick_requests for all to service_role using (true) with check (true);
grant all on public.tick_requests to service_role;

create function public.note_tick_request(
  p_id text, p_tick text, p_caller text, p_address_hash text, p_asked_at timestamptz
) returns void
language sql
set search_path = ''
begin atomic
  insert into public.tick_requests (id, tick_id, caller, address_hash, asked_at)
  values (p_id, p_tick, p_caller, p_address_hash, p_asked_at)
  on conflict (id) do nothing;
end;

revoke execute on function public.note_tick_request(text, text, text, text, timestamptz)
  from public, anon, authenticated;
grant execute on function public.note_tick_request(text, text, text, text, timestamptz) to service_role;
