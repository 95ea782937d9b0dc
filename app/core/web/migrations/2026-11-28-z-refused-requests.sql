set local search_path = windlion;

-- What was asked for and refused, counted by day: who (null: nobody was signed in), why, and the pattern of the address, never the address itself.
create table refused_requests (
  on_day date not null,
  person_id bigint references people on delete cascade,
  reason text not null check (reason in ('permission', 'sign-in', 'origin', 'too-many')),
  permission text not null default '',           -- the one that was missing; of other reasons ''
  method text not null,
  route text not null,                           -- /console/petitions/:name
  count int not null check (count > 0),
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  unique nulls not distinct (on_day, person_id, reason, permission, method, route)
);
