set local search_path = windlion;

-- 暫停適用, 恢復適用 of single articles: their numbers; null: the whole law.
alter table regulations add column articles text[];
alter table regulations add constraint regulations_articles_check check (articles is null or (change in ('suspend', 'resume') and cardinality(articles) > 0));
select make_versioned('regulations');
