set local search_path = windlion;

-- A case that another one was made of: a claim for compensation out of a petition. Told on both pages, to who may see the other.
create table case_links (
  to_case_id bigint primary key references cases,
  from_case_id bigint not null references cases,
  linked_by bigint references people,
  linked_at timestamptz not null default recorded_now(),
  check (to_case_id <> from_case_id)
);
create index case_links_from on case_links (from_case_id);
