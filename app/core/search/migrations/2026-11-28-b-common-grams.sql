-- How many texts hold each of the more common grams, as the last ANALYZE counted. PostgreSQL shows the statistics of an index to its
-- owner alone; the everyday role may read the texts themselves, so nothing is told to it here that it could not count.
create function windlion.common_grams() returns table (gram text, share real) language sql stable security definer set search_path = pg_catalog as $$
  select e.gram, e.share from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as e(gram, share)
  where s.schemaname = 'windlion' and s.tablename = 'case_texts_grams' and e.gram is not null
$$;
