set local search_path = windlion;

-- 附件 that a proposal takes out of its law; those it adds are files beside its case (kind law-attachment).
alter table regulations add column dropped_attachments jsonb not null default '[]';
select make_versioned('regulations');
