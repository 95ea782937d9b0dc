set local search_path = windlion;

-- 國家賠償事件: what is claimed, against which agency, and what became of it.
create table compensations (
  id bigint primary key references cases,
  channel text not null check (channel in ('paper', 'counter', 'portal', 'transferred', 'petition')),
  basis text check (basis in ('act', 'omission', 'facility', 'entrusted-facility', 'entrusted-power')),
  agency text,                                   -- 賠償義務機關, by name
  agency_unit_id bigint references units,        -- the same, where it is one of the county's own
  facts text not null,
  evidence text not null default '',
  requested_twd bigint check (requested_twd between 0 and 10000000000),
  restoration text,
  other_agencies text,                           -- 施行細則 §18 II: what was asked of other agencies
  damage_on date,
  known_on date,
  place text,
  open_due_on date,                              -- 國家賠償法 §11 I: thirty days from the claim
  correction_due_on date,
  first_meeting_on date,                         -- 施行細則 §21 II: the beginning of the negotiation
  negotiation_due_on date,
  continued boolean not null default false,      -- 施行細則 §26 II, once
  decision text check (decision in ('refused', 'agreed', 'failed', 'withdrawn', 'transferred')),
  decided_on date,
  ground text,
  by_committee boolean not null default false,
  certificate_on date,
  transferred_to text,
  agreed_twd bigint check (agreed_twd between 0 and 10000000000),
  agreement_served_on date,
  provisional_twd bigint not null default 0 check (provisional_twd >= 0),
  payment_asked_on date,
  paid_on date,
  paid_twd bigint check (paid_twd between 0 and 10000000000),
  suit_on date,
  suit_court text,
  suit_no text,
  suit_result text check (suit_result in ('for-claimant', 'partly', 'against-claimant', 'settled', 'withdrawn')),
  suit_result_on date,
  suit_final boolean not null default false,
  suit_twd bigint check (suit_twd between 0 and 10000000000),
  recourse text check (recourse in ('none', 'agreed', 'sued', 'barred')),
  recourse_on date,
  recourse_twd bigint check (recourse_twd between 0 and 10000000000),
  recovered_twd bigint not null default 0 check (recovered_twd >= 0),
  sys_from timestamptz not null default recorded_now(),
  check ((decision is null) = (decided_on is null)),
  check ((paid_on is null) = (paid_twd is null))
);
create index compensations_decided on compensations (decided_on, id) where decided_on is not null;
create index compensations_paid on compensations (paid_on, id) where paid_on is not null;
create index compensations_agency on compensations (agency_unit_id) where agency_unit_id is not null;
select make_versioned('compensations');
create index compensations_history_decided on windlion_history.compensations (decided_on, id) where decided_on is not null;
create index compensations_history_paid on windlion_history.compensations (paid_on, id) where paid_on is not null;
