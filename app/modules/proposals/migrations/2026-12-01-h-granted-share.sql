set local search_path = windlion;

-- The county's share as it was granted; cofunding_twd stays as it was applied for. Null where nothing was granted, and in rows from before.
alter table proposal_years add column granted_cofunding_twd bigint check (granted_cofunding_twd >= 0);
select make_versioned('proposal_years');
