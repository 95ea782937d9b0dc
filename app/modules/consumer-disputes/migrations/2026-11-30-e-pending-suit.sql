set local search_path = windlion;

-- 鄉鎮市調解條例 §28 I: whose suit is pending, and when each side was served with what the court approved.
alter table consumer_disputes
  add column suit_by text check (suit_by in ('consumer', 'business')),
  add column consumer_approved_on date,
  add column business_approved_on date;
select make_versioned('consumer_disputes');
