set local search_path = windlion;

-- History goes by itself only where nothing of the office stands on it: the row is gone, or its case was never received. What was received goes by an approved list.
create or replace function erase_history(of_table text, of_column text, of_id bigint) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone int;
  kept boolean;
begin
  execute format('select exists (select from windlion.%I where %I = $1)', of_table, of_column) into kept using of_id;
  if kept and not exists (select from windlion.cases where id = of_id and stage = 'lapsed' and number is null and received_at is null) then
    raise exception 'history of % % is kept: only an approved destruction list takes it away', of_table, of_id;
  end if;
  execute format('delete from windlion_history.%I where %I = $1', of_table, of_column) using of_id;
  get diagnostics gone = row_count;
  insert into windlion.history_erasures (table_name, column_name, row_id, versions) values (of_table, of_column, of_id, gone);
  return gone;
end $$;
