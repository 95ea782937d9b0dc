set local search_path = windlion;

-- What belongs to no case is kept and destroyed by the same lists: a letter to a mailbox that became no case. Such an item names a record of its class's table.
alter table destruction_items
  drop constraint destruction_items_pkey,
  add primary key (list_id, name),
  alter column case_id drop not null,
  add column record_table text,
  add column record_id bigint,
  add check ((record_table is null) = (record_id is null)),
  add check ((case_id is null) <> (record_id is null));
create unique index destruction_items_case_once on destruction_items (list_id, case_id) where case_id is not null;
create index destruction_items_record on destruction_items (record_table, record_id) where record_id is not null;

-- Takes one listed record away, with whatever history its table keeps. Only for a record of an approved list. Runs as its owner, as erase_personal does.
create function erase_record(in_table text, the_record bigint) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  in_schema text;
begin
  if not exists (select from windlion.destruction_items i join windlion.destruction_lists l on l.id = i.list_id
                 where i.record_table = in_table and i.record_id = the_record and l.state = 'approved' and i.excluded_why is null and i.destroyed_at is null) then
    raise exception 'record % of % is on no approved destruction list', the_record, in_table;
  end if;
  perform set_config('windlion.resealing', 'on', true);
  foreach in_schema in array array['windlion', 'windlion_history'] loop
    continue when to_regclass(format('%I.%I', in_schema, in_table)) is null;
    execute format('delete from %I.%I where id = $1', in_schema, in_table) using the_record;
  end loop;
  perform set_config('windlion.resealing', '', true);
end $$;
