set local search_path = windlion;

-- 條文對照表 and 逐條說明: what the office says of each article, by the place in the table (第三條/第三條: after and before).
alter table regulations add column article_reasons jsonb;
select make_versioned('regulations');
create or replace view windlion_public.regulation_drafts as
  select r.id, c.number, r.name, r.instrument, r.change, r.reason, r.draft, r.law_id, r.notice_from, r.notice_until, u.name as unit_name, c.stage, r.article_reasons
  from windlion.regulations r join windlion.cases c on c.id = r.id left join windlion.units u on u.id = c.unit_id
  where r.notice_from is not null and c.number is not null;
