set local search_path = windlion;

-- 回復原狀 of a missed period to file (訴願法 §15): when the cause ended, until when it could be asked for, what became of it.
alter table appeals add column restitution text check (restitution in ('asked', 'granted', 'refused'));
alter table appeals add column restitution_asked_on date;
alter table appeals add column restitution_until date;
alter table appeals drop constraint appeals_oral_check;
alter table appeals add constraint appeals_oral_check check (oral in ('asked', 'granted', 'refused', 'held'));
select make_versioned('appeals');
alter table appeal_papers drop constraint appeal_papers_kind_check;
alter table appeal_papers add constraint appeal_papers_kind_check check (kind in ('appeal', 'statement', 'correction', 'reasons', 'defence', 'participation', 'restitution', 'transcript', 'other'));
