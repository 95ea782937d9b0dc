set local search_path = windlion;

-- What the last import said of a case: eight bytes of a hash for each column of petitions.csv, in the order of the columns,
-- zeros where it was blank. So the same row is known again whatever was done with the case since. Personal columns are keyed.
create table petition_import_rows (
  case_id bigint primary key references cases,
  import_id bigint not null references imports,
  field_hashes bytea not null
);
