-- Removes what filing bursts added, so that every burst sees the same tables.
set search_path = windlion;
begin;
-- no sealing meanwhile; rows of our own making, whose references are removed together
select pg_advisory_xact_lock(7301003) \gset
set local session_replication_role = replica;
create temp table filed on commit drop as select id from cases where number is null;
delete from case_texts where case_id in (select id from filed);
delete from case_dues where case_id in (select id from filed);
delete from case_clocks where case_id in (select id from filed);
delete from petition_questions where case_id in (select id from filed);
delete from petition_letters where case_id in (select id from filed);
delete from event_seals where event_id in (select id from events where case_id in (select id from filed));
delete from event_tree where upto > (select coalesce(max(seq), 0) from event_seals);
delete from event_checkpoints where size > (select coalesce(max(seq), 0) from event_seals);
delete from case_salts where case_id in (select id from filed);
delete from events where case_id in (select id from filed);
delete from petitions where id in (select id from filed);
delete from cases where id in (select id from filed);
commit;
vacuum cases, case_texts, petitions, petition_letters, events;
