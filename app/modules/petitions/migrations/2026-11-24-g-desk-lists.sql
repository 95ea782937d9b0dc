set local search_path = windlion;

-- Everything received and not closed, in the order of the list (what has no due day just now comes last).
drop index cases_open_list;
create index cases_open_list on cases (kind, coalesce(due_on, 'infinity'::date), id) where closed_at is null and received_at is not null;
-- One officer's open cases, and one unit's.
create index cases_officer_list on cases (officer_id, coalesce(due_on, 'infinity'::date), id) where closed_at is null and officer_id is not null;
create index cases_unit_open on cases (unit_id, coalesce(due_on, 'infinity'::date), id) where closed_at is null and unit_id is not null;
