-- Fills the windlion schema of this database from the benchmark's own table public.petitions (400,000 rows), so that
-- all servers answer from the same letters. Run after the migrations, on an empty schema.
set search_path = windlion;
set timezone = 'Asia/Taipei';
begin;
insert into settings (name, value) values ('county.name', '"效能測試縣政府"'), ('demonstration', 'true');

insert into units (id, code, name, kind, bureau_id)
  select row_number() over (order by unit), 'B' || row_number() over (order by unit), unit, 'department', row_number() over (order by unit)
  from (select distinct unit from public.petitions) u;
select setval('units_id_seq', 100);

create temp table mapped as
  select p.*, u.id as unit_id,
    case state when 'received' then 'received' when 'assigned' then 'dispatched' when 'drafting' then 'handling' when 'review' then 'approval' else 'closed' end as stage,
    case state when 'closed' then 'answered' when 'merged' then 'merged' when 'transferred' then 'transferred' end as outcome
  from public.petitions p join units u on u.name = p.unit where p.id <= 100000000;

insert into cases (id, kind, follow_no, number, title, stage, unit_id, township, received_at, registered_at, due_on, closed_at, outcome, sys_from)
  select id, 'petition', 'F' || id, case_no, subject, stage, unit_id, township, received_at, received_at, (due_at at time zone 'Asia/Taipei')::date,
    case when outcome is not null then greatest(closed_at, received_at) end, outcome, received_at
  from mapped order by id;
select setval('cases_id_seq', (select max(id) from cases));

insert into petitions (id, channel, filed_at, category, satisfaction, satisfied_at, extended_to, extended_at, answered_at, answer, sys_from)
  select id, case channel when 'mayor' then 'mayor-mail' when 'premier' then 'premier-mail' else 'president-mail' end, received_at, null,
    case when outcome = 'answered' and id % 7 = 0 then 1 + id % 5 end, case when outcome = 'answered' and id % 7 = 0 then closed_at + interval '1 day' end,
    case when id % 11 = 0 then (due_at at time zone 'Asia/Taipei')::date end, case when id % 11 = 0 then received_at + interval '5 days' end,
    case when outcome = 'answered' then closed_at end, case when outcome = 'answered' then '已派員會勘並改善，謝謝您的來信。' end, received_at
  from mapped order by id;

insert into petition_letters (case_id, kind, text, at, recorded_at) select id, 'letter', body, received_at, received_at from mapped order by id;
insert into case_texts (case_id, kind, received_at, text) select id, 'petition', received_at, lower(normalize(subject || ' ' || body, NFKC)) from mapped order by id;
insert into case_clocks (case_id, rule, main, trigger_at, due_on, explanation, calendar_version, met_at)
  select id, 'petition-30wd', true, received_at, (due_at at time zone 'Asia/Taipei')::date, '{效能測試資料}', 'bench', closed_at from mapped order by id;
insert into case_dues (case_id, at, due_on, cause) select id, received_at, (due_at at time zone 'Asia/Taipei')::date, 'received' from mapped order by id;
insert into assignments (case_id, unit_id, role, from_at, until_at, ended_as)
  select id, unit_id, 'lead', received_at, case when outcome is not null then closed_at end, case when outcome is not null then 'closed' end from mapped order by id;
insert into events (kind, happened_at, recorded_at, case_id, to_stage, payload)
  select 'petition.imported', received_at, received_at, id, stage, jsonb_build_object('channel', channel) from mapped order by id;
commit;
vacuum (analyze) cases;
vacuum (analyze) petitions;
vacuum (analyze) case_texts;
vacuum (analyze) case_dues;
vacuum (analyze) case_clocks;
vacuum (analyze) petition_letters;
vacuum (analyze) events;
vacuum (analyze) assignments;
