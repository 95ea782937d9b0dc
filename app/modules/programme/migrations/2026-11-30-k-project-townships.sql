set local search_path = windlion;

-- 鄉鎮 of a project; none: the whole county.
alter table programme_projects add column township text;
select make_versioned('programme_projects');
