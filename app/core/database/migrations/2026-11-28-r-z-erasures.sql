set local search_path = windlion;

-- The everyday role cannot touch history. Lawful destruction goes through this function, which works as the owner and tells each time what it took away.
create table history_erasures (
  id bigint generated always as identity primary key,
  table_name text not null,
  column_name text not null,
  row_id bigint not null,
  versions int not null,
  at timestamptz not null default clock_timestamp()
);
create trigger history_erasures_append_only before update or delete or truncate on history_erasures for each statement execute function refuse_change();

create function erase_history(of_table text, of_column text, of_id bigint) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gone int;
begin
  execute format('delete from windlion_history.%I where %I = $1', of_table, of_column) using of_id;
  get diagnostics gone = row_count;
  insert into windlion.history_erasures (table_name, column_name, row_id, versions) values (of_table, of_column, of_id, gone);
  return gone;
end $$;
