-- Whether the meeting is a later one is looked at when the transaction commits: a restored backup brings decisions before the directives they are about.
create or replace function directive_decision_guard() returns trigger language plpgsql as $$
begin
  if old.taken_at is not null and (new.case_id, new.meeting_id, new.decision, new.taken_at) is distinct from (old.case_id, old.meeting_id, old.decision, old.taken_at) then
    raise exception 'directive decision % took effect and cannot be changed', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
drop trigger directive_decision_guard on directive_decisions;
create trigger directive_decision_guard before update on directive_decisions for each row execute function directive_decision_guard();

create function directive_decided_later() returns trigger language plpgsql as $$
begin
  if not exists (select from windlion.directives d join windlion.committee_meetings f on f.id = d.meeting_id join windlion.committee_meetings l on l.id = new.meeting_id
    where d.id = new.case_id and (l.held_on, l.starts_at, l.id) > (f.held_on, f.starts_at, f.id)) then
    raise exception 'directive % is decided only by a later meeting', new.case_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger directive_decided_later after insert or update on directive_decisions deferrable initially deferred for each row execute function directive_decided_later();
