set local search_path = windlion;

-- Who sued: the two months run for each from the service on them (訴願法 §90; 行政訴訟法 §106 I). Null where it was not told, as in an import.
alter table appeal_sequels add column party_id bigint references appeal_parties;
select make_versioned('appeal_sequels');
