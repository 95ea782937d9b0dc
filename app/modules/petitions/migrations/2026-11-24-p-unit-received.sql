set local search_path = windlion;

-- A unit's cases, newest first. Filing does not touch it: a case without a unit is not in it.
create index cases_unit_received on cases (unit_id, received_at desc, id desc) where unit_id is not null;
