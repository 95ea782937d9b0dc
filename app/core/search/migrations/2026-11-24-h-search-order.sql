set local search_path = windlion;

-- Results come newest receipt first. A common term is found by walking back from the newest text; for that the texts
-- know their case's receipt.
alter table case_texts add column received_at timestamptz;
update case_texts t set received_at = c.received_at from cases c where c.id = t.case_id;
create index case_texts_newest on case_texts (received_at desc nulls last, case_id desc);

create function case_texts_received() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'cases' then
    update windlion.case_texts set received_at = new.received_at where case_id = new.id;
  elsif new.received_at is null then
    new.received_at := (select received_at from windlion.cases where id = new.case_id);
  end if;
  return new;
end $$;
create trigger case_texts_received before insert on case_texts for each row execute function case_texts_received();
create trigger case_texts_received after update of received_at on cases for each row
  when (old.received_at is distinct from new.received_at) execute function case_texts_received();

-- Cutting a text into grams is work: without this the planner thinks it free and does it for every row it passes.
alter function search_grams(text) cost 2000;
