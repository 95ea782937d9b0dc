-- The rules of the service that the portal goes by (settings/settings.ts); the reason and who changed them stay inside. No row: those of the start hold.
create view windlion_public.advice_rules as select value->'rules' as rules from windlion.settings where name = 'legal-advice.rules';
do $$ begin
  grant select on windlion_public.advice_rules to windlion_public;
exception when others then raise notice 'grants for windlion_public skipped: %', sqlerrm;
end $$;
