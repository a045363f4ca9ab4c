-- A board of a run that cannot be asked here, for want of a key, say: neither a success nor a failure.
alter type public.board_state add value if not exists 'skipped';
