set local search_path = windlion;

-- Whether another letter is about the same place is asked of every letter that comes in.
create index petitions_place on petitions (place) where place is not null;
