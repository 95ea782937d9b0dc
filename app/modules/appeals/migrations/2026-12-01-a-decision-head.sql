set local search_path = windlion;

-- 訴願法 §89 I ④: the decision names the authority and its head. Null where it was approved before this was asked.
alter table appeal_decisions add column head text;
select make_versioned('appeal_decisions');
