set local search_path = windlion;

-- 限時法規: the last day in force that a proposal asks for (中央法規標準法 §23).
alter table regulations add column ends_on date;
select make_versioned('regulations');
