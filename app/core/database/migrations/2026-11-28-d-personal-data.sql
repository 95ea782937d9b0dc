set local search_path = windlion;

-- Sealed values and keyed hashes (core/personal-data). [E2][key version 2][iv 12][tag 16][proof 32][…]; before versions: [key version 1][…].
create function sealed_version(value bytea) returns int language sql immutable strict parallel safe as
  $$ select case when get_byte(value, 0) = 226 then get_byte(value, 1) * 256 + get_byte(value, 2) else get_byte(value, 0) end $$;
-- What proves a sealed value, whatever key it lies under; of the form of before, all of it.
create function sealed_proof(value bytea) returns text language sql immutable strict parallel safe as
  $$ select encode(case when get_byte(value, 0) = 226 then substr(value, 32, 32) else value end, 'hex') $$;
create function hash_version(value bytea) returns int language sql immutable strict parallel safe as
  $$ select case when length(value) = 32 then 1 else get_byte(value, 0) end $$;

-- Another key changes no fact: `reseal` puts values of the same proof in the place of the old ones, also in the history, and
-- leaves no version behind. It runs as its owner, since the service's own role may not write history.
create function reseal(in_schema text, in_table text, in_column text, hash_column text, places tid[], olds bytea[], news bytea[], hashes bytea[])
returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  n bigint;
begin
  if in_schema not in ('windlion', 'windlion_history') then raise exception 'no such schema'; end if;
  if exists (select from unnest(olds, news) v(old, new) where get_byte(new, 0) <> 226 or (get_byte(old, 0) = 226 and substr(old, 32, 32) <> substr(new, 32, 32))) then
    raise exception 'a value sealed again must keep its proof';
  end if;
  perform set_config('windlion.resealing', 'on', true);
  execute format('update %I.%I t set %I = v.new %s from unnest($1, $2, $3, $4) v(place, old, new, hash) where t.ctid = v.place and t.%I = v.old',
                 in_schema, in_table, in_column, case when hash_column is null then '' else format(', %I = v.hash', hash_column) end, in_column)
    using places, olds, news, coalesce(hashes, array_fill(null::bytea, array[cardinality(places)]));
  get diagnostics n = row_count;
  perform set_config('windlion.resealing', '', true);
  return n;
end $$;

-- As before, but silent while `reseal` works (which runs as the owner of the table: nobody else is believed).
create or replace function windlion.make_versioned(name text) returns void language plpgsql as $outer$
declare
  col record;
  columns text;
  old_columns text;
begin
  execute format('create table if not exists windlion_history.%I (like windlion.%I)', name, name);
  execute format('alter table windlion_history.%I add column if not exists sys_to timestamptz not null', name);
  for col in
    select a.attname, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
    where a.attrelid = format('windlion.%I', name)::regclass and a.attnum > 0 and not a.attisdropped
      and not exists (select 1 from pg_attribute h where h.attrelid = format('windlion_history.%I', name)::regclass
                      and h.attname = a.attname and not h.attisdropped)
  loop
    execute format('alter table windlion_history.%I add column %I %s', name, col.attname, col.type);
  end loop;
  select string_agg(quote_ident(attname), ', ' order by attnum), string_agg('old.' || quote_ident(attname), ', ' order by attnum)
    into columns, old_columns
    from pg_attribute where attrelid = format('windlion.%I', name)::regclass and attnum > 0 and not attisdropped;
  execute format('create index if not exists %I on windlion_history.%I (id, sys_from)', name || '_history_id', name);
  execute format($f$
    create or replace function windlion_history.%1$I() returns trigger language plpgsql as $t$
    declare at timestamptz := windlion.recorded_now();
    begin
      if tg_op = 'UPDATE' and new is not distinct from old then return new; end if;
      if tg_op = 'UPDATE' and current_setting('windlion.resealing', true) = 'on'
        and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then return new; end if;
      -- a row written twice in one act was never believed in between
      if old.sys_from < at then
        insert into windlion_history.%2$I (%3$s, sys_to) values (%4$s, at);
      end if;
      if tg_op = 'DELETE' then return old; end if;
      new.sys_from := greatest(at, old.sys_from);
      return new;
    end $t$ $f$, name || '_version', name, columns, old_columns);
  execute format('create or replace trigger %I before update or delete on windlion.%I for each row execute function windlion_history.%I()',
                 name || '_version', name, name || '_version');
  execute format('drop view if exists windlion_asof.%I', name);
  execute format('create view windlion_asof.%1$I as
    select %2$s from windlion.%1$I where sys_from <= windlion_asof.instant()
    union all
    select %2$s from windlion_history.%1$I where sys_from <= windlion_asof.instant() and sys_to > windlion_asof.instant()
      and tstzrange(sys_from, sys_to) @> windlion_asof.instant()', name, columns);
end $outer$;
do $$ declare name text; begin
  for name in select tablename from pg_tables where schemaname = 'windlion_history' order by 1 loop perform windlion.make_versioned(name); end loop;
end $$;

-- Openings of personal data: also on whose behalf, and found by person and day.
alter table personal_data_reads add column on_behalf_of bigint references people;
create index personal_data_reads_at on personal_data_reads (at desc, id desc);
create index personal_data_reads_person on personal_data_reads (person_id, at);
