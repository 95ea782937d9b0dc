-- Petitions without letters for the figures, newest first: row i was received i × 6½ minutes before 2026, so `rows` is how
-- far the history reaches back and not how much a half-year holds. Deterministic.
--   psql -v rows=4000000 -f history.sql DATABASE        after the migrations, into empty tables
\set ON_ERROR_STOP on
set search_path = windlion;
set timezone = 'Asia/Taipei';
set client_min_messages = warning;
begin;
-- rows of our own making: references hold, and indexes are quicker built afterwards
set local session_replication_role = replica;
create temp table indexes as
  select i.indexname, i.indexdef from pg_indexes i
  where i.schemaname = 'windlion' and i.tablename in ('cases', 'petitions', 'case_dues')
    and not exists (select from pg_constraint c where c.connamespace = 'windlion'::regnamespace and c.conname = i.indexname);
do $$ declare i record; begin
  for i in select * from indexes loop execute format('drop index windlion.%I', i.indexname); end loop;
end $$;

insert into units (id, code, name, kind, bureau_id)
  select n, 'B' || n, '測試' || n || '處', 'department', n from generate_series(1, 25) n;

create function pg_temp.u(i bigint, salt int) returns float8 language sql immutable
  as $$ select (hashint8extended(i, salt) & 2147483647) / 2147483648.0 $$;

create temp table history as
  select i as id, received_at, received_at + interval '30 days' as due_at,
    -- of what came in last, some are still open; of what came in long ago, none
    case when not (i < 16000 and pg_temp.u(i, 1) < 0.75) then received_at + interval '1 hour' + interval '40 days' * pg_temp.u(i, 2) ^ 2 end as closed_at,
    1 + floor(25 * pg_temp.u(i, 3) ^ 1.6)::int as unit_id,
    (array['金城鎮', '金湖鎮', '金寧鄉', '金沙鎮', '烈嶼鄉', '烏坵鄉'])[1 + floor(6 * pg_temp.u(i, 4) ^ 1.4)::int] as township,
    (array['mayor-mail', 'premier-mail', 'president-mail', 'counter', 'telephone', 'letter', '1999'])[1 + floor(7 * pg_temp.u(i, 5) ^ 2)::int] as channel
  from generate_series(:rows, 1, -1) i, lateral (select timestamptz '2026-01-01' - i * interval '394 seconds' as received_at) r;

insert into cases (id, kind, follow_no, number, title, stage, unit_id, township, received_at, registered_at, due_on, closed_at, outcome, sys_from)
  select id, 'petition', 'F' || id, 'P' || id, '路燈不亮請派員修繕', case when closed_at is null then 'handling' else 'closed' end, unit_id, township,
    received_at, received_at, due_at::date, closed_at, case when closed_at is not null then 'answered' end, received_at
  from history;
insert into petitions (id, channel, filed_at, satisfaction, satisfied_at, extended_to, extended_at, sys_from)
  select id, channel, received_at, case when id % 7 = 0 and closed_at is not null then 1 + id % 5 end, case when id % 7 = 0 then closed_at + interval '1 day' end,
    case when id % 11 = 0 then due_at::date end, case when id % 11 = 0 then received_at + interval '5 days' end, received_at
  from history;
insert into case_dues (case_id, at, due_on, cause, sys_from) select id, received_at, due_at::date, 'received', received_at from history;
select setval('cases_id_seq', :rows) \gset

set local maintenance_work_mem = '512MB';
do $$ declare i record; begin
  for i in select * from indexes loop execute i.indexdef; end loop;
end $$;
commit;
vacuum (analyze) cases;
vacuum (analyze) petitions;
vacuum (analyze) case_dues;
