set local search_path = windlion;

-- Lists go by due day and page by key; what has no due day just now (a paused clock) comes last, not never.
drop index cases_list;
create index cases_list on cases (kind, unit_id, stage, coalesce(due_on, 'infinity'::date), id);
drop index cases_open_due;
create index cases_open_due on cases (kind, coalesce(due_on, 'infinity'::date), id) where closed_at is null;
