set local search_path = windlion;

-- A restored backup brings the rows of issues in any order, so only changing and deleting them is refused here; a row put
-- beside an issue behind the service's back no longer fits the hash in its event, and verify names it.
create or replace trigger a_issued before update or delete on report_sections for each row execute function refuse_issued_change();
create or replace trigger a_issued before update or delete on report_pictures for each row execute function refuse_issued_change();
create or replace trigger a_issued before update or delete on report_figures for each row execute function refuse_issued_change();
