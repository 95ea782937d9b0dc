set local search_path = windlion;

-- What the last import said of a case, of whatever kind: eight bytes of a hash for each column of its file, in the order of the columns, zeros where
-- it was blank. So the same row is known again whatever was done with the case since. Personal columns are keyed, under the key of that version.
create table case_import_rows (
  case_id bigint primary key references cases,
  import_id bigint not null references imports,
  field_hashes bytea not null,
  key_version int not null
);
insert into case_import_rows select case_id, import_id, field_hashes, key_version from petition_import_rows;
insert into case_import_rows select case_id, import_id, field_hashes, 1 from regulation_import_rows;
drop table petition_import_rows;
drop table regulation_import_rows;
