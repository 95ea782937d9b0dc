set local search_path = windlion;

-- A search in one kind of case takes its newest 20 texts before it looks at any case.
alter table case_texts add column kind text not null default 'petition'; -- the only kind so far
alter table case_texts alter column kind drop default;

create or replace function case_texts_received() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'cases' then
    update windlion.case_texts set received_at = new.received_at where case_id = new.id;
  elsif new.kind is null then
    select c.received_at, c.kind into new.received_at, new.kind from windlion.cases c where c.id = new.case_id;
  end if;
  return new;
end $$;
