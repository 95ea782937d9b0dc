set local search_path = windlion;

-- 報告事項, 討論事項, 臨時動議 … as the module names them; when an item was decided while the meeting ran; for which unit somebody sits.
alter table committee_items add column section text, add column decided_at timestamptz;
select make_versioned('committee_items');
alter table committee_attendance add column unit_id bigint references units;
select make_versioned('committee_attendance');
create index committee_attendance_unit on committee_attendance (unit_id, meeting_id) where unit_id is not null;
