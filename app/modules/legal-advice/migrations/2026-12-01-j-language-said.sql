set local search_path = windlion;

-- Null is Chinese: a column that comes later must be nullable, or each case sealed before it would look changed (docs/decisions/0013).
-- Without the triggers: nobody believes anything else than before.
alter table advice_bookings alter column language drop not null, alter column language drop default;
alter table windlion_history.advice_bookings alter column language drop not null;
alter table advice_bookings disable trigger user;
alter table windlion_history.advice_bookings disable trigger user;
update advice_bookings set language = null where language = 'zh';
update windlion_history.advice_bookings set language = null where language = 'zh';
alter table windlion_history.advice_bookings enable trigger user;
alter table advice_bookings enable trigger user;
