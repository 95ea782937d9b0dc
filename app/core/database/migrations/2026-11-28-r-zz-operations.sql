set local search_path = windlion;

-- What operators did with the whole: backups, restores, drills; how it ended, in figures.
create table operations (
  id bigint generated always as identity primary key,
  what text not null check (what in ('backup', 'restore', 'drill')),
  ok boolean not null,
  details jsonb not null default '{}',
  at timestamptz not null default clock_timestamp()
);
create index operations_what on operations (what, id);
create trigger operations_append_only before update or delete or truncate on operations for each statement execute function refuse_change();
