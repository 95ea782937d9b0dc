set local search_path = windlion;

-- Messages that carry a code or a link that opens something: their text is forgotten once it went out.
alter table mail_messages add column secret boolean not null default false;
