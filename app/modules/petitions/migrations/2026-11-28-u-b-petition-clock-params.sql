set local search_path = windlion;

-- Facts of the clocks that run, as far as the petition's tables tell them. What an import brought stays unknown: its day may be the old
-- system's. What was replaced before stays as it was believed.
update case_clocks k set params = jsonb_strip_nulls(jsonb_build_object(
  'extensionDays', (select (s.asked->>'officeDays')::int from petition_submissions s where s.case_id = k.case_id and s.what = 'extension' and s.state = 'approved' order by s.id desc limit 1),
  'pauses', (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('from', (r.asked_at at time zone 'Asia/Taipei')::date,
      'to', (coalesce(r.answered_at, r.ended_at) at time zone 'Asia/Taipei')::date, 'reason', '通知補陳')) order by r.id)
    from petition_supplement_requests r where r.case_id = k.case_id)))
from cases c
where c.id = k.case_id and c.kind = 'petition' and c.import_id is null and k.main and k.met_at is null and c.closed_at is null;
