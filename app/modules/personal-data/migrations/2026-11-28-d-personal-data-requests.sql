set local search_path = windlion;

-- 個資請求 (個人資料保護法 §3, §10–13), beside its case.
create table personal_data_requests (
  id bigint primary key references cases,        -- the case's id
  what text not null check (what in ('access', 'correct', 'stop', 'delete')),
  channel text not null check (channel in ('web', 'counter')),
  name bytea,
  email bytea,
  phone bytea,
  name_hash bytea,
  email_hash bytea,
  phone_hash bytea,
  wish text not null,                            -- what is asked for, in the person's words
  identity_shown text,                           -- at the counter: which paper was looked at, never its number
  confirm_token_hash bytea,
  confirm_until timestamptz,
  confirmed_at timestamptz,
  extension_days int check (extension_days > 0),
  extension_reason text,
  decision text check (decision in ('granted', 'partly', 'refused')),
  reasons text,
  answered_at timestamptz,
  answer_token_hash bytea,
  answer_until timestamptz,
  sys_from timestamptz not null default recorded_now(),
  check (channel = 'web' or identity_shown is not null),
  check ((decision is null) = (answered_at is null)),
  check (decision in ('granted') or reasons is not null or decision is null)
);
create index personal_data_requests_email on personal_data_requests (email_hash) where email_hash is not null;
create index personal_data_requests_name on personal_data_requests (name_hash) where name_hash is not null;
create index personal_data_requests_phone on personal_data_requests (phone_hash) where phone_hash is not null;
create unique index personal_data_requests_confirm on personal_data_requests (confirm_token_hash) where confirm_token_hash is not null;
create unique index personal_data_requests_answer on personal_data_requests (answer_token_hash) where answer_token_hash is not null;
create index personal_data_requests_waiting on personal_data_requests (confirm_until) where confirmed_at is null and confirm_token_hash is not null;
select make_versioned('personal_data_requests');

-- Which cases hold data of the person concerned, as the officer found and judged.
create table personal_data_request_cases (
  request_id bigint not null references personal_data_requests,
  case_id bigint not null references cases,
  primary key (request_id, case_id)
);
