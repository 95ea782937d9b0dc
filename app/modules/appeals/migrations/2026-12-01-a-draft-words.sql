set local search_path = windlion;

-- 訴願法 §79 III: an affair of local self-government, of which the legality alone is reviewed; §84 I: the agency is to negotiate about the damage. Null where it was not asked.
alter table appeal_drafts add column legality_only boolean, add column negotiate boolean;
select make_versioned('appeal_drafts');
