set local search_path = windlion;

-- The case from which a project came: an admitted proposal of the annual plan.
alter table projects add column from_case_id bigint references cases;
create index projects_from_case on projects (from_case_id) where from_case_id is not null;
select make_versioned('projects');
