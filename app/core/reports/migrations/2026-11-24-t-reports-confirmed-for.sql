set local search_path = windlion;

-- Why the department confirmed a section in its unit's place; null where the unit gave its own word.
alter table report_sections add column confirmed_because text;
alter table report_sections add check (confirmed_because is null or (state <> 'drafting' and length(confirmed_because) between 1 and 500));
select make_versioned('report_sections');

-- What became of a section, in order, and which units were reminded: see findSectionActs, findChases.
create index events_of_sections on events (((payload->>'report')::bigint), (payload->>'section'))
  where kind in ('report.section-confirmed', 'report.section-confirmed-for', 'report.section-reopened', 'report.section-assigned', 'report.chased');
