set local search_path = windlion;

-- 消費爭議: a dispute of a consumer with a business, through complaints and mediation.
create table consumer_disputes (
  id bigint primary key references cases,
  channel text not null check (channel in ('portal', 'counter', 'paper', 'telephone', '1950', 'transferred', 'petition')),
  category text,
  facts text not null,
  asked text not null default '',
  disputed_twd bigint check (disputed_twd between 0 and 10000000000),
  first_on date,                                 -- 第一次申訴 (消費者保護法 §43 I)
  first_to text check (first_to in ('business', 'group', 'centre', 'here')),
  business_received_on date,                     -- 消費者保護法施行細則 §36: the fifteen days begin here
  business_due_on date,
  first_result text check (first_result in ('handled', 'not-handled', 'no-answer')),
  first_result_on date,
  second_on date,                                -- 第二次申訴 (§43 III)
  second_result text check (second_result in ('handled', 'not-handled')),
  second_result_on date,
  applied_on date,                               -- 申請調解 (§44)
  correction_due_on date,
  accepted_on date,
  jurisdiction text check (jurisdiction in ('county', 'consumer', 'business', 'relation', 'agreed')),
  meeting_due_on date,
  meeting_on date,                               -- first meeting that was held
  postponed boolean not null default false,
  last_absent text check (last_absent in ('none', 'consumer', 'business', 'both')),
  last_excused boolean not null default false,
  plan text check (plan in ('ordinary', 'small')),
  plan_on date,
  plan_terms text,
  plan_twd bigint check (plan_twd between 0 and 10000000000),
  consumer_objection_due_on date,
  business_objection_due_on date,
  objector text check (objector in ('consumer', 'business')),
  objected_on date,
  met_again boolean not null default false,      -- the meeting after an objection in a small case was held
  result text check (result in ('settled', 'deemed-settled', 'failed', 'deemed-failed', 'not-accepted', 'withdrawn')),
  result_on date,
  terms text,
  settled_twd bigint check (settled_twd between 0 and 10000000000),
  ground text,
  sent_to_court_on date,
  court_result text check (court_result in ('approved', 'not-approved')),
  court_on date,
  approved_served_on date,
  certificate_asked_on date,
  certificate_on date,
  transferred_to text,
  sys_from timestamptz not null default recorded_now(),
  check ((result is null) = (result_on is null)),
  check (result is null or applied_on is not null)
);
create index consumer_disputes_applied on consumer_disputes (applied_on, id) where applied_on is not null;
create index consumer_disputes_result on consumer_disputes (result_on, id) where result_on is not null;
select make_versioned('consumer_disputes');
create index consumer_disputes_history_applied on windlion_history.consumer_disputes (applied_on, id) where applied_on is not null;
create index consumer_disputes_history_result on windlion_history.consumer_disputes (result_on, id) where result_on is not null;
