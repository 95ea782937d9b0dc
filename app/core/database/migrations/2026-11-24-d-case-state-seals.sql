set local search_path = windlion;

-- What a case's rows were when its event was sealed: a row changed behind the service's back no longer fits.
alter table event_seals add column state_hash bytea;
create index event_seals_event on event_seals (event_id) include (seq) where state_hash is not null;
