set local search_path = windlion;

-- 國家賠償法施行細則 §21 I: the meeting that the latest notice tells, and when its service on the claimant took effect.
alter table compensations add column meeting_on date, add column notice_served_on date;
select make_versioned('compensations');
