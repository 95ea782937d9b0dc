set local search_path = windlion;

-- How a law may end besides being repealed: declared void by the authority above (地方制度法 §30 IV), or its time is over (中央法規標準法 §23).
alter table law_changes drop constraint law_changes_kind_check;
alter table law_changes add constraint law_changes_kind_check check (kind in ('enact', 'amend', 'repeal', 'suspend', 'resume', 'consolidated', 'void', 'lapse'));
