set local search_path = windlion;

-- Why the public sees no picture of before or after; shown in its place. Null where there is a picture, and in rows from before.
alter table perceived_texts add column no_before text, add column no_after text;
select make_versioned('perceived_texts');

create or replace view windlion_public.achievements as
  select c.number, i.roc_year, c.township, u.name as unit, t.title, t.text, t.published_at,
    encode(b.sha256, 'hex') as before_sha256, b.media_type as before_type, encode(a.sha256, 'hex') as after_sha256, a.media_type as after_type,
    t.no_before, t.no_after
  from windlion.perceived_texts t join windlion.perceived_items i on i.id = t.id join windlion.cases c on c.id = t.id left join windlion.units u on u.id = c.unit_id
  left join windlion.documents b on b.id = t.before_document_id left join windlion.documents a on a.id = t.after_document_id
  where t.state = 'approved';
