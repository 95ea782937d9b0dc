set local search_path = windlion;

-- 承受訴願 (訴願法 §87, §88): whose place a party took. The predecessor stays with the day on which they were one no more.
alter table appeal_parties add column succeeds bigint references appeal_parties;
select make_versioned('appeal_parties');
