set local search_path = windlion;

-- Everything that runs, over all kinds of case, by due day; what has no due day just now comes last, not never.
create index case_clocks_running on case_clocks (coalesce(due_on, 'infinity'::date), id) where met_at is null;

-- The address at which an officer's calendar program fetches their due days: only the hash of its secret part.
create table calendar_feeds (
  person_id bigint primary key references people,
  secret_hash bytea not null unique,
  made_at timestamptz not null default recorded_now()
);
