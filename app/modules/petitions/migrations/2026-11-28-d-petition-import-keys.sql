set local search_path = windlion;

-- The key under which the hashes of personal columns were made: eight bytes each, they cannot tell.
alter table petition_import_rows add column key_version int not null default 1;
alter table petition_import_rows alter column key_version drop default;
