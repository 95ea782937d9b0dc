set local search_path = windlion;

-- 限時法規: the last day in force, as the law's changes have it (core/laws/operations 'end-on'). Kept beside so that lists need not compute texts.
alter table laws add column ends_on date;
select make_versioned('laws');
create index laws_ending on laws (ends_on) where ends_on is not null;
create or replace view windlion_public.laws as
  select l.id, l.code, l.name, l.kind, l.category, u.name as unit_name, l.ends_on from windlion.laws l left join windlion.units u on u.id = l.unit_id where l.public;
-- 函告無效 of single articles ends these, not the law.
alter table law_changes drop constraint law_changes_kind_check;
alter table law_changes add constraint law_changes_kind_check check (kind in ('enact', 'amend', 'repeal', 'suspend', 'resume', 'consolidated', 'void', 'void-articles', 'lapse'));
