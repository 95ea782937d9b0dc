set local search_path = windlion;

-- a project taken out of the draft stays, with its history, and can be put back
alter table programme_projects add column removed_on date;
select make_versioned('programme_projects');

-- what the project was besides its money before the change ({heading, title, unit_id, township, summary, removed_on}); none where only money changed
alter table programme_money_changes add column before_project jsonb;
select make_versioned('programme_money_changes');
