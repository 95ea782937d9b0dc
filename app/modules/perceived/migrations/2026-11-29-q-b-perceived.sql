set local search_path = windlion;

-- 有感施政: one item of one year. What goes on next year is a case of its own, linked by cases.previous_id.
create table perceived_items (
  id bigint primary key references cases,
  roc_year int not null check (roc_year between 1 and 999),
  goal text not null default '',
  listed_on date not null,
  finish_on date,
  sys_from timestamptz not null default recorded_now()
);
create index perceived_items_year on perceived_items (roc_year, id);
select make_versioned('perceived_items');

-- The text for the public page. Nobody approves what they wrote. Pictures are drawn anew when it is approved.
create table perceived_texts (
  id bigint primary key references perceived_items,
  title text not null,
  text text not null,
  before_id bigint references case_documents,
  after_id bigint references case_documents,
  state text not null default 'draft' check (state in ('draft', 'approved', 'returned', 'withdrawn')),
  written_by bigint references people,
  written_at timestamptz not null,
  note text,
  before_document_id bigint references documents,
  after_document_id bigint references documents,
  published_at timestamptz,
  sys_from timestamptz not null default recorded_now(),
  check (state <> 'approved' or published_at is not null)
);
select make_versioned('perceived_texts');

create view windlion_public.achievements as
  select c.number, i.roc_year, c.township, u.name as unit, t.title, t.text, t.published_at,
    encode(b.sha256, 'hex') as before_sha256, b.media_type as before_type, encode(a.sha256, 'hex') as after_sha256, a.media_type as after_type
  from windlion.perceived_texts t join windlion.perceived_items i on i.id = t.id join windlion.cases c on c.id = t.id left join windlion.units u on u.id = c.unit_id
  left join windlion.documents b on b.id = t.before_document_id left join windlion.documents a on a.id = t.after_document_id
  where t.state = 'approved';
do $$ begin
  grant select on windlion_public.achievements to windlion_public;
exception when others then raise notice 'grants for windlion_public skipped: %', sqlerrm;
end $$;
