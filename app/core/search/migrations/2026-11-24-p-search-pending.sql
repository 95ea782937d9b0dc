set local search_path = windlion;

-- A letter has some hundred grams. Written into the index letter by letter they cost more than everything else of a filing;
-- gathered for some dozen letters, a third less. Searches read what was gathered, so it is kept small.
alter index case_texts_grams set (fastupdate = on, gin_pending_list_limit = 512);
