set local search_path = windlion;

-- The plan by month as it was before a change, with the judgements of then. Null for changes made before this was kept.
alter table project_replans add column months jsonb;
select make_versioned('project_replans');
