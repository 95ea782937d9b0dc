set local search_path = windlion;

-- 保留 of what belongs to no case: a letter to a mailbox that became none, named by the table of its retention class and its id. It has no foreign key: the row
-- is of some module's table, and cannot go while it is held.
alter table legal_holds
  alter column case_id drop not null,
  add column record_table text,
  add column record_id bigint,
  add check ((record_table is null) = (record_id is null)),
  add check ((case_id is null) <> (record_id is null));
create unique index legal_holds_record_one on legal_holds (record_table, record_id) where released_at is null and record_id is not null;

-- As before, and not for a record that is held.
create or replace function erase_record(in_table text, the_record bigint) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  in_schema text;
begin
  if not exists (select from windlion.destruction_items i join windlion.destruction_lists l on l.id = i.list_id
                 where i.record_table = in_table and i.record_id = the_record and l.state = 'approved' and i.excluded_why is null and i.destroyed_at is null)
    or exists (select from windlion.legal_holds h where h.record_table = in_table and h.record_id = the_record and h.released_at is null) then
    raise exception 'record % of % is on no approved destruction list, or is held', the_record, in_table;
  end if;
  perform set_config('windlion.resealing', 'on', true);
  foreach in_schema in array array['windlion', 'windlion_history'] loop
    continue when to_regclass(format('%I.%I', in_schema, in_table)) is null;
    execute format('delete from %I.%I where id = $1', in_schema, in_table) using the_record;
  end loop;
  perform set_config('windlion.resealing', '', true);
end $$;
