set local search_path = windlion;

-- 上級機關決定 on an appeal against the county's own disposition (訴願法 §4 ③): what the ministry decided of each claim, as [{position, outcome}]; position 0 where the paper named none.
alter table appeal_sequels drop constraint appeal_sequels_kind_check;
alter table appeal_sequels add constraint appeal_sequels_kind_check check (kind in ('litigation', 'rehearing', 'compliance', 'authority-decision'));
alter table appeal_sequels add column claims jsonb check ((kind = 'authority-decision') = (claims is not null));
select make_versioned('appeal_sequels');
