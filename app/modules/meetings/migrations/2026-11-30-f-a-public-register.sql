set local search_path = windlion;

-- What everybody may see of the register of standing bodies: each body, and of its meetings those whose minutes are public by the county's policy
-- (missing ones by their day alone) and those that were released. Days of internal meetings stay inside.
create view windlion_public.meeting_register as
  select b.code, b.name, b.kind, b.level, u.name as owner_unit, b.basis, b.publication, b.publication_basis, b.times_a_year, b.valid_from, b.valid_until
  from windlion.meeting_bodies b left join windlion.units u on u.id = b.owner_unit_id where b.standing;
create view windlion_public.meeting_register_meetings as
  select b.code as body_code, m.held_on, m.held_on + coalesce(b.minutes_due_days, 30) as due_on, case when p.withdrawn_at is null then p.number end as number, p.withdrawn_at is not null as withdrawn
  from windlion.meetings h join windlion.meeting_bodies b on b.id = h.body_id join windlion.committee_meetings m on m.id = h.id join windlion.cases c on c.id = h.id
  left join windlion.meeting_publications p on p.meeting_id = h.id
  where b.standing and c.outcome = 'held' and not c.confidential and (b.publication = 'published' or (p.id is not null and p.withdrawn_at is null));
do $$ begin
  grant select on windlion_public.meeting_register, windlion_public.meeting_register_meetings to windlion_public;
exception when others then raise notice 'grants for windlion_public skipped: %', sqlerrm;
end $$;
