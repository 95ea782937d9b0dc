set local search_path = windlion;

-- What an import said of a case stands in case_import_rows, for every kind of case.
drop table appeal_import_rows;

-- what proves a case reads its claims' earlier versions by the case
create index appeal_claims_history_case on windlion_history.appeal_claims (case_id);
