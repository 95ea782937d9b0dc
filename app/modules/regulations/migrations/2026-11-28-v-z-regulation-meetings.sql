set local search_path = windlion;

-- 法規審查會議 are meetings as every committee has them (app/core/committees); what was held keeps what was believed and since when.
insert into committee_meetings (id, held_on, starts_at, place, chair, minutes, sys_from)
  select id, held_on, starts_at, place, chair, record, sys_from from regulation_meetings;
insert into committee_items (meeting_id, case_id, position, decision, decision_text, sys_from)
  select meeting_id, case_id, position, decision, note, sys_from from regulation_meeting_items order by id;
insert into committee_attendance (meeting_id, name, attendance, sys_from)
  select meeting_id, name, case attendance when 'recused' then 'present' when 'absent' then 'leave' else attendance end, sys_from from regulation_meeting_members order by id;
insert into committee_recusals (meeting_id, item_id, attendance_id, ground, asked_by, granted, sys_from)
  select i.meeting_id, i.id, a.id, 'interest', 'self', true, m.sys_from from regulation_meeting_members m join committee_attendance a on a.meeting_id = m.meeting_id and a.name = m.name join committee_items i on i.meeting_id = m.meeting_id where m.attendance = 'recused';

insert into windlion_history.committee_meetings (id, held_on, starts_at, place, mode, chair, remarks, minutes, approval_note, sys_from, sys_to)
  select id, held_on, starts_at, place, 'on-site', chair, '', record, '', sys_from, sys_to from windlion_history.regulation_meetings;

drop view windlion_asof.regulation_meetings, windlion_asof.regulation_meeting_items, windlion_asof.regulation_meeting_members;
drop table regulation_meeting_items, regulation_meeting_members, regulation_meetings;
drop table windlion_history.regulation_meeting_items, windlion_history.regulation_meeting_members, windlion_history.regulation_meetings;
drop function windlion_history.regulation_meetings_version, windlion_history.regulation_meeting_items_version, windlion_history.regulation_meeting_members_version;
