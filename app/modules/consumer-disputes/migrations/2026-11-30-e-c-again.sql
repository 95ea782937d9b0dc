set local search_path = windlion;

-- 重行調解 (消費爭議調解辦法 §5 I ⑥, II): of which failed mediation this is the second, once only, and when the other side agreed.
alter table consumer_disputes
  add column again_of bigint unique references cases,
  add column again_consent_on date,
  add check ((again_of is null) = (again_consent_on is null));
select make_versioned('consumer_disputes');
