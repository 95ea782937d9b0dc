-- The transaction that brought a file in: what says it came with that file but was written in another one did not.
alter table imports add column xid xid8;
update imports i set xid = first.xid
  from (select distinct on (payload->>'import') (payload->>'import')::bigint as import, xid from events where payload ? 'import' order by payload->>'import', id) first where first.import = i.id;
alter table imports alter column xid set default pg_current_xact_id();

-- Who opened whose data is never changed nor taken away.
create trigger personal_data_reads_append_only before update or delete or truncate on personal_data_reads for each statement execute function refuse_change();
