set local search_path = windlion;

-- What a resident has typed and attached before it is sent: sealed, kept for a day, then gone.
create table petition_filing_drafts (
  token_hash bytea primary key,
  content bytea not null,                        -- sealed JSON: the form's fields, file names, language
  until timestamptz not null
);
create index petition_filing_drafts_until on petition_filing_drafts (until);
create table petition_filing_draft_files (
  token_hash bytea not null references petition_filing_drafts on delete cascade,
  document_id bigint not null references documents,
  primary key (token_hash, document_id)
);
create index petition_filing_draft_files_document on petition_filing_draft_files (document_id);

-- The confirmation mail can be asked for once more.
alter table petitions add column confirm_resent_at timestamptz;
select make_versioned('petitions');
create unique index petitions_confirm_token on petitions (confirm_token_hash) where confirm_token_hash is not null;

-- Consent and secrecy are looked at again at every reading: what is no longer allowed disappears by itself.
create or replace view windlion_public.petition_publications as
  select u.id, u.title, u.question, u.answer, u.category, u.township, u.unit_name, u.closed_on, u.published_at
  from windlion.petition_publications u
  join windlion.petitions p on p.id = u.case_id
  join windlion.cases c on c.id = u.case_id
  where u.withdrawn_at is null and p.publish_consent and not c.confidential;
