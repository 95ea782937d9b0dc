-- what is destroyed leaves an edition without its texts
alter table programme_editions alter column texts set default '[]';
