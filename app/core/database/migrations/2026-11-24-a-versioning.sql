-- Two times: a business table is system-versioned. Each change keeps the row it replaced, with the span
-- in which it was believed, in windlion_history; windlion_asof shows every table as believed at an instant.
create schema if not exists windlion_history;
create schema if not exists windlion_asof;
set local search_path = windlion;

-- Joins the write fence (shared) and fixes the instant at which this transaction records.
create function windlion.enter_write(fence bigint) returns timestamptz language plpgsql as $$
declare at timestamptz;
begin
  perform pg_advisory_xact_lock_shared(fence);
  at := clock_timestamp();
  perform set_config('windlion.recorded_at', at::text, true);
  return at;
end $$;

-- The recorded instant of this transaction; outside `write` it is the clock.
create function windlion.recorded_now() returns timestamptz language sql stable as
  $$ select coalesce(nullif(current_setting('windlion.recorded_at', true), '')::timestamptz, clock_timestamp()) $$;

create function windlion_asof.instant() returns timestamptz language sql stable as
  $$ select current_setting('windlion.as_of')::timestamptz $$;

-- Makes (or, after a column was added, remakes) history table, trigger and as-of view of one table.
-- The table must have an identity column `id` and `sys_from timestamptz not null default windlion.recorded_now()`.
-- The trigger is generated per table: one with dynamic SQL costs 0.13 ms a row.
create function windlion.make_versioned(name text) returns void language plpgsql as $outer$
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
    select %2$s from windlion_history.%1$I where sys_from <= windlion_asof.instant() and sys_to > windlion_asof.instant()', name, columns);
end $outer$;
