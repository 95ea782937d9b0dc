set local search_path = windlion;

-- The key of each lawyer's own records, sealed under the county's. Not versioned: an earlier key must not lie about.
create table advice_lawyer_keys (
  lawyer_id bigint primary key references advice_lawyers,
  key bytea,
  made_at timestamptz not null default recorded_now()
);
