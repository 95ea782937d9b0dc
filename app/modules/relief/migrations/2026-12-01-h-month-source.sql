set local search_path = windlion;

-- On what a month's numbers rest: a list, a document. Null in months from before this was asked.
alter table relief_months add column source text;
select make_versioned('relief_months');
