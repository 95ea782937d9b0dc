set local search_path = windlion;

-- When units were reminded by themselves that a round is about to be due.
alter table control_rounds add column reminded_at timestamptz;
select make_versioned('control_rounds');
