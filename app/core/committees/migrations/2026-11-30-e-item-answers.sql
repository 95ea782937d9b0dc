set local search_path = windlion;

-- What a module asks of each item besides its decision: who did not come to a mediation.
alter table committee_items add column answers jsonb not null default '{}';
select make_versioned('committee_items');
