-- One job is one posting: by the number or the address that boards give it, or by company, title and place as each of
-- them tells it.

alter table public.posting_sources
  -- Company, title and places as this board tells them: what another board tells alike is the same job.
  add column match_key text not null default '';
create index posting_sources_by_match_key on public.posting_sources (match_key);
-- Read for every page: nothing may wait to be sorted in.
alter index public.posting_sources_by_identity set (fastupdate = off);

-- A company's name without what boards spell differently: case, accents, signs, "The", the kind of company, its batch
-- at an accelerator. In plpgsql, like what follows: its expressions are made ready once, not for every posting.
create function public.company_key(company text) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  words text := lower(extensions.unaccent('extensions.unaccent', company));
  bare text;
begin
  words := regexp_replace(words, '\(yc [a-z]{1,2}\d{2}\)', '', 'g');
  words := regexp_replace(replace(words, '&', ' and '), '[.''’`]', '', 'g');
  words := btrim(regexp_replace(words, '[^[:alnum:]+]+', ' ', 'g'));
  bare := regexp_replace(regexp_replace(words, '^the ', ''),
    '( (and co|inc|incorporated|llc|ltd|limited|gmbh|mbh|plc|corp|corporation|co|company|sa|ag|bv|nv|se|kg|kgaa|ug|ev|oy|oyj'
    || '|ab|as|asa|aps|srl|sro|spa|sas|sarl|pty|pte|pvt|private|lp|llp|kk|sl|lda|doo|sp z oo|kft|ou))+$', '');
  -- Letters of no alphabet are all that some names are.
  return coalesce(nullif(replace(bare, ' ', ''), ''), btrim(lower(company)));
end $$;

-- The parts of a place as it is spelled, in one way: {london,united kingdom} of "London, UK".
create function public.place_parts(place text) returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  words text := lower(extensions.unaccent('extensions.unaccent', place));
begin
  words := regexp_replace(words,
    '\y(100%|fully|remote|hybrid|on-?site|anywhere|worldwide|global|globally|home ?office|telework|based|only)\y', ',', 'g');
  words := regexp_replace(words, '\y(u\.?s\.?a\.?|united states( of america)?|u\.s\.|us)(?![[:alnum:]])', 'us', 'g');
  words := regexp_replace(words, '\y(u\.k\.|uk|great britain|gb)(?![[:alnum:]])', 'united kingdom', 'g');
  return array(
    select part
    from (
      select regexp_replace(btrim(regexp_replace(raw, '[^[:alnum:]]+', ' ', 'g')), '^(in|from|the) ', '') as part, n
      from regexp_split_to_table(words, '[,;|/()]|\s[-–—]\s|\yin\y') with ordinality as split (raw, n)
    ) cleaned
    where part <> '' order by n
  );
end $$;

-- A title without what boards spell differently: case, accents, dashes, "(m/f/d)", "(Remote)", "Sr.", and the place at
-- its end, where that is the posting's own. What tells jobs apart stays: levels, numbers, years, signs of languages.
create function public.title_key(title text, locations text[]) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  words text := lower(extensions.unaccent('extensions.unaccent', title));
  modes constant text[] := '{remote,100 remote,fully remote,remote only,hybrid,onsite,on site,telework,home office,anywhere,worldwide}';
  parts text[];
  places text[];
  last text;
begin
  words := regexp_replace(words, '\y[mwfdhxin](\s*[/|*,]\s*([mwfdhxin]|div|divers|gn|all))+\y|\(\s*(all genders?|gn)\s*\)', ' ', 'g');
  words := regexp_replace(words, '([[:alpha:]])[:*_/]-?in(nen)?\y', '\1', 'g');
  parts := array(
    select part from (
      select btrim(regexp_replace(replace(raw, '&', ' and '), '[^[:alnum:]+#]+', ' ', 'g')) as part, n
      from regexp_split_to_table(words, '[,;|()\[\]@]|\s[-–—:·]+\s*|[–—]') with ordinality split (raw, n)
    ) cleaned
    where part <> '' order by n
  );
  if cardinality(parts) > 1 then
    places := array(
      select part from unnest(locations) place, unnest(public.place_parts(place)) part
      union all select array_to_string(public.place_parts(place), ' ') from unnest(locations) place);
    if parts[1] = any (modes) then
      parts := parts[2:];
    end if;
    loop
      exit when cardinality(parts) < 2;
      last := parts[cardinality(parts)];
      exit when not (last = any (modes)
        or public.place_parts(last) <@ places);
      parts := parts[:cardinality(parts) - 1];
    end loop;
  end if;
  words := array_to_string(parts, ' ');
  if words ~ '\y(sr|snr|jr|i{1,3}|iv|full|front|back)\y' then
    words := regexp_replace(words, '\y(sr|snr)\y', 'senior', 'g');
    words := regexp_replace(words, '\yjr\y', 'junior', 'g');
    words := regexp_replace(words, '\yi\y', '1', 'g');
    words := regexp_replace(words, '\yii\y', '2', 'g');
    words := regexp_replace(words, '\yiii\y', '3', 'g');
    words := regexp_replace(words, '\yiv\y', '4', 'g');
    words := regexp_replace(words, '\y(full|front|back) (stack|end)\y', '\1\2', 'g');
  end if;
  return coalesce(nullif(words, ''), btrim(lower(title)));
end $$;

-- Where a job is: its cities as the gazetteer knows them, else what it knows together with the places as they are
-- spelled, since two villages that it does not know can lie in one country. A job that can be done from anywhere is
-- spelled in many ways, all of them ''.
create function public.place_key(locations text[], place_keys text[]) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  cities text := (select string_agg(k, ',' order by k) from unnest(place_keys) k where starts_with(k, 'city:'));
begin
  if cities is not null then
    return cities;
  end if;
  return array_to_string(array(
    select k from unnest(place_keys) k where k <> 'world'
    union
    select spelled.place
    -- Offset 0: read once for each place, not again for each condition.
    from unnest(locations) l, lateral (select (public.place_parts(l))[1] as place offset 0) spelled
    where spelled.place is not null
      and not (spelled.place = 'us' and 'country:US' = any (place_keys))
      and not (spelled.place = 'united kingdom' and 'country:GB' = any (place_keys))
    order by 1
  ), ',');
end $$;

drop function public.posting_match_key(text, text, text[]);
create function public.posting_match_key(company text, title text, locations text[], place_keys text[]) returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return md5(public.company_key(company) || '|' || public.title_key(title, locations)
    || '|' || public.place_key(locations, place_keys));
end $$;

-- Whether a hiring system numbers these two differently: then they are two jobs, however alike they are told.
create function public.are_numbered_apart(some_keys text[], other_keys text[]) returns boolean
language sql immutable parallel safe
set search_path = ''
return not some_keys && other_keys and exists (
  select from unnest(some_keys) a, unnest(other_keys) b
  where split_part(a, ':', 1) = split_part(b, ':', 1) and not starts_with(a, 'url:')
);

-- Whether two titles (title_key) can be one job's: one has all words of the other, and what it has more is no level,
-- number or year.
create function public.are_titles_alike(some_title text, other_title text) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  some_words text[] := string_to_array(some_title, ' ');
  other_words text[] := string_to_array(other_title, ' ');
  tells_apart constant text := '^(intern|internship|trainee|junior|mid|senior|lead|staff|principal|head|director|manager|vp|[0-9]+)$';
begin
  return (some_words <@ other_words or other_words <@ some_words) and not exists (
    select from unnest(some_words || other_words) word
    where word ~ tells_apart and not (word = any (some_words) and word = any (other_words)));
end $$;

-- Two postings turn out to be one: the other goes, and what people found and saw of it is of the one that stays. It is
-- new to somebody only if both were.
create function public.merge_postings(p_into uuid, p_others uuid[]) returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In one order: a search that is being matched holds them in that order too.
  perform from public.postings where id = p_into or id = any (p_others) order by id for update;

  insert into public.search_run_results as r (run_id, posting_id, user_id, score, is_new, found_at)
  select run_id, p_into, user_id, max(score), bool_and(is_new), min(found_at)
  from public.search_run_results where posting_id = any (p_others)
  group by run_id, user_id order by run_id
  on conflict (run_id, posting_id) do update set
    score = greatest(r.score, excluded.score), is_new = r.is_new and excluded.is_new,
    found_at = least(r.found_at, excluded.found_at);

  insert into public.seen_postings as s (user_id, posting_id, run_id, first_seen_at)
  select distinct on (user_id) user_id, p_into, run_id, first_seen_at
  from public.seen_postings where posting_id = any (p_others)
  order by user_id, first_seen_at
  on conflict (user_id, posting_id) do update set run_id = excluded.run_id, first_seen_at = excluded.first_seen_at
  where excluded.first_seen_at < s.first_seen_at;

  update public.posting_sources set posting_id = p_into, is_original = false where posting_id = any (p_others);
  update public.postings set first_seen_at = least(first_seen_at, (
    select min(o.first_seen_at) from public.postings o where o.id = any (p_others)))
  where id = p_into;
  delete from public.postings where id = any (p_others);
end $$;

-- The postings that are the same job as one that a source tells of: by a number or an address, or by company, title and
-- place. The one to keep comes first: a company's own board's, then the oldest.
-- p_current: the posting it has been of so far; that one is among them unless others hold it who tell of another job.
-- p_taken: postings that others of its board have joined on the same page.
create function public.same_job(
  p_board text, p_id text, p_title text, p_locations text[], p_identity_keys text[], p_match_key text,
  p_current uuid, p_taken uuid[]
) returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  numbers constant text[] := array(select k from unnest(p_identity_keys) k where not starts_with(k, 'url:'));
  addresses constant text[] := array(select k from unnest(p_identity_keys) k where starts_with(k, 'url:'));
  told_title constant text := public.title_key(p_title, p_locations);
  same uuid[];
  alike uuid;
begin
  same := array(
    select s.posting_id from public.posting_sources s
    where s.identity_keys && numbers and (s.board, s.board_posting_id) <> (p_board, p_id)
    union
    -- An address that stands for two jobs of a board, or for jobs of other titles, is a page of many.
    select s.posting_id
    from public.posting_sources s join public.postings p on p.id = s.posting_id
    where s.identity_keys && addresses and s.board <> p_board
      and public.are_titles_alike(public.title_key(p.title, p.locations), told_title)
      and not public.are_numbered_apart(s.identity_keys, p_identity_keys)
      and not exists (
        select from public.posting_sources o
        where o.identity_keys && addresses and o.posting_id <> s.posting_id and o.board in (s.board, p_board)
          and (o.board, o.board_posting_id) <> (p_board, p_id))
    union
    select p_current where p_current is not null and not exists (
      select from public.posting_sources o
      where o.posting_id = p_current and (o.board, o.board_posting_id) <> (p_board, p_id))
  );

  -- One of each board a job: what a board tells twice is two jobs.
  select s.posting_id into alike
  from public.posting_sources s join public.postings p on p.id = s.posting_id
  where s.match_key = p_match_key and s.board <> p_board
    and s.posting_id <> all (p_taken)
    and s.posting_id <> all (same)
    and not exists (
      select from public.posting_sources o
      where o.posting_id = s.posting_id and (o.board, o.board_posting_id) <> (p_board, p_id)
        and (o.board = p_board or public.are_numbered_apart(o.identity_keys, p_identity_keys)
          or exists (
            select from public.posting_sources t
            where t.posting_id = any (same) and (t.board, t.board_posting_id) <> (p_board, p_id)
              and (t.board = o.board or public.are_numbered_apart(t.identity_keys, o.identity_keys)))))
  order by s.posting_id is not distinct from p_current desc, p.first_seen_at, p.id
  limit 1;

  return array(
    select p.id from public.postings p
    where p.id = any (same || alike)
    order by exists (select from public.posting_sources s where s.posting_id = p.id and s.own_board) desc,
      p.first_seen_at, p.id
  );
end $$;

-- One posting of a page that is new or changed.
create type public.page_posting as (
  -- Where it stands on the page, from 0.
  at integer,
  board text,
  board_posting_id text,
  content_hash text,
  own_board boolean,
  identity_keys text[],
  match_key text,
  is_new boolean,
  -- New, or told otherwise than before: which job it is has to be looked at.
  is_told_anew boolean,
  -- The posting it is a source of, and whether that is made for it.
  posting_id uuid,
  makes_posting boolean,
  -- The posting's text is this one's.
  is_original boolean
);

drop index public.postings_match_key;
alter table public.postings drop column match_key;

revoke execute on function
  public.company_key(text), public.place_parts(text),
  public.title_key(text, text[]), public.place_key(text[], text[]),
  public.posting_match_key(text, text, text[], text[]), public.are_numbered_apart(text[], text[]),
  public.are_titles_alike(text, text), public.merge_postings(uuid, uuid[]),
  public.same_job(text, text, text, text[], text[], text, uuid, uuid[])
  from public, anon, authenticated;
grant execute on function
  public.company_key(text), public.place_parts(text),
  public.title_key(text, text[]), public.place_key(text[], text[]),
  public.posting_match_key(text, text, text[], text[]), public.are_numbered_apart(text[], text[]),
  public.are_titles_alike(text, text), public.merge_postings(uuid, uuid[]),
  public.same_job(text, text, text, text[], text[], text, uuid, uuid[])
  to service_role;
