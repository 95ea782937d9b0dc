set local search_path = windlion;

-- The sealed events as leaves of a Merkle tree (RFC 6962). What the chain before it sealed keeps its link in chain_hash, which
-- goes into the leaf: the tree takes the chain over without trusting it, and verify recomputes both.
alter table event_seals disable trigger event_seals_append_only;
alter table event_seals rename column hash to chain_hash;
alter table event_seals alter column chain_hash drop not null;
alter table event_seals add column salt bytea, add column leaf bytea;

-- the same text as app/core/events/entry.ts makes
update event_seals s set salt = made.salt, leaf = sha256('\x00'::bytea || convert_to(format('["windlion event 1", %s, %s, "%s", %s, %s, %s]', s.seq,
    round(extract(epoch from s.sealed_at) * 1000000)::bigint, encode(made.salt, 'hex'), coalesce(made.event, 'null'),
    coalesce('"' || encode(s.state_hash, 'hex') || '"', 'null'), '"' || encode(s.chain_hash, 'hex') || '"'), 'UTF8'))
  from (select o.seq, uuid_send(gen_random_uuid()) as salt,
      case when e.id is not null then jsonb_build_array(e.id, e.kind, round(extract(epoch from e.happened_at) * 1000000)::bigint,
        round(extract(epoch from e.recorded_at) * 1000000)::bigint, e.case_id, e.person_id, e.on_behalf_of, e.from_stage, e.to_stage, e.payload)::text end as event
    from event_seals o left join events e on e.id = o.event_id) made
  where made.seq = s.seq;
alter table event_seals alter column salt set not null, alter column leaf set not null;
alter table event_seals enable trigger event_seals_append_only;

-- The tree's whole nodes above the leaves: the one of that level whose leaves end at the upto-th. None is ever changed.
create table event_tree (
  upto bigint not null,
  level int not null check (level > 0 and upto % (1::bigint << level) = 0),
  hash bytea not null,
  primary key (upto, level)
);
do $$
declare made bigint;
begin
  for above in 1..40 loop
    insert into windlion.event_tree (upto, level, hash)
      with below as (select seq as upto, leaf as hash from windlion.event_seals where above = 1
        union all select t.upto, t.hash from windlion.event_tree t where t.level = above - 1)
      select r.upto, above, sha256('\x01'::bytea || l.hash || r.hash) from below r join below l on l.upto = r.upto - (1::bigint << (above - 1))
      where r.upto % (1::bigint << above) = 0;
    get diagnostics made = row_count;
    exit when made = 0;
  end loop;
end $$;
create trigger event_tree_append_only before update or delete or truncate on event_tree for each statement execute function refuse_change();

-- Heads of the tree that this office has signed, as the notes that were shown and sent away.
create table event_checkpoints (
  size bigint primary key check (size >= 0),
  root bytea not null,
  note text not null,
  signed_at timestamptz not null default clock_timestamp()
);
create trigger event_checkpoints_append_only before update or delete or truncate on event_checkpoints for each statement execute function refuse_change();

-- Verifier keys of this record, in the order in which they were taken into use; each is also told by an event.
create table record_keys (
  id bigint generated always as identity primary key,
  vkey text not null unique,
  taken_at timestamptz not null default clock_timestamp()
);
create trigger record_keys_append_only before update or delete or truncate on record_keys for each statement execute function refuse_change();

-- Which checkpoint reached which other place, last.
create table checkpoint_copies (
  place text primary key,
  size bigint not null,
  sent_at timestamptz not null default clock_timestamp()
);

-- A case's state is hashed with a salt of its own. Destroying the case destroys the salt: what is left in the seals then
-- proves nothing about anybody.
create table case_salts (
  case_id bigint primary key references cases,
  salt bytea not null default uuid_send(gen_random_uuid())
);

-- For everybody: heads, keys and the tree's hashes, which tell nothing about what was hashed.
create view windlion_public.checkpoints as select size, note, signed_at from windlion.event_checkpoints;
create view windlion_public.record_keys as select id, vkey, taken_at from windlion.record_keys;
create view windlion_public.record_tree as
  select seq as upto, 0 as level, leaf as hash from windlion.event_seals union all select upto, level, hash from windlion.event_tree;
do $$ begin
  grant select on windlion_public.checkpoints, windlion_public.record_keys, windlion_public.record_tree to windlion_public;
exception when others then raise notice 'grants for windlion_public skipped: %', sqlerrm;
end $$;

-- A demonstration county that was loaded before: what it records from here on has real times.
insert into events (kind, happened_at) select 'demonstration.loaded', clock_timestamp() from settings where name = 'demonstration' and value = 'true'::jsonb;
