-- The last hand-overs of cases are looked up by day, to be taken back.
create index events_handed_over on events (happened_at) where kind = 'case.handed-over';
