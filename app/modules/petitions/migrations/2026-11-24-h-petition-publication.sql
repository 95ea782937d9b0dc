set local search_path = windlion;

-- The officer's two lists of what may be published and what is.
create index petitions_publishable on petitions (id desc) where publish_consent and answer is not null and published_at is null;
create index petitions_published on petitions (id desc) where publish_consent and answer is not null and published_at is not null;
