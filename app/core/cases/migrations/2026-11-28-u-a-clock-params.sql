set local search_path = windlion;

-- The facts that a clock was computed with (extensions, pauses, residence …), as core/clocks names them, so that another calendar or rule
-- computes it anew. Null: not known, because the day was brought by an import or the clock began before facts were kept;
-- such a day keeps its distance to the rule's own. Each module fills in below what its tables still tell of clocks that run.
alter table case_clocks add column params jsonb;
select make_versioned('case_clocks');
