-- A password that somebody else set is good for one thing: choosing one's own. `attempts_from`: wrong attempts before it count no more.
alter table people add column password_given_at timestamptz, add column attempts_from timestamptz;
