set local search_path = windlion;

-- The language in which somebody booked: that of their mails.
alter table advice_bookings add column language text not null default 'zh' check (language in ('zh', 'en'));
select make_versioned('advice_bookings');

-- English words beside the Chinese; where there are none the Chinese stand.
alter table advice_specialities add column name_en text not null default '', add column hint_en text not null default '';
select make_versioned('advice_specialities');
alter table advice_questions add column text_en text not null default '', add column hint_en text not null default '';
alter table advice_answers add column text_en text not null default '';

update advice_specialities s set name_en = w.name_en, hint_en = w.hint_en
from (values
  ('家事與繼承', 'Family and inheritance', 'divorce, maintenance, custody, estates, wills'),
  ('債務與契約', 'Debts and contracts', 'loans, money owed, contracts, payment orders, getting money back after fraud'),
  ('房屋與土地', 'Houses and land', 'buying and selling, renting, shared ownership, boundaries, occupation'),
  ('勞動', 'Work', 'wages, dismissal, accidents at work, disputes with an employer'),
  ('車禍', 'Traffic accidents', 'compensation, settlements, expert reports'),
  ('刑事', 'Criminal matters', 'accused or harmed, police questioning, investigation'),
  ('消費', 'Shopping', 'refunds, defects, buying online'),
  ('行政與其他', 'Authorities and other matters', 'fines, administrative appeals, or not sure which kind')
) as w(name, name_en, hint_en) where w.name = s.name;

update advice_questions q set text_en = w.text_en, hint_en = w.hint_en
from (values
  ('您的事情，主要和誰有關？', 'Whom is your matter mainly with?', 'Choose what comes closest; you can explain when you are there.'),
  ('和家人的什麼事？', 'What is it about, with your family?', ''),
  ('和對方的什麼事？', 'What is it about?', ''),
  ('是不是有人報案、提告，或收到警察、檢察署、法院的刑事通知？', 'Has anybody gone to the police or brought charges, or has a criminal notice come from the police, a prosecutor or a court?', '')
) as w(text, text_en, hint_en) where w.text = q.text;

update advice_answers a set text_en = w.text_en
from (values
  ('配偶、父母、子女、兄弟姊妹', 'Husband or wife, parents, children, brothers or sisters'), ('雇主，或您請的員工', 'My employer, or somebody I employ'), ('鄰居、房東、房客，或買賣房地的人', 'A neighbour, landlord or tenant, or who buys or sells property with me'),
  ('車禍的另一方', 'The other side of a traffic accident'), ('店家或公司', 'A shop or a company'), ('其他人', 'Somebody else'), ('政府機關', 'A government office'),
  ('離婚、扶養、監護、遺產', 'Divorce, maintenance, custody, an estate'), ('借錢或財產登記', 'Money lent, or property in somebody’s name'), ('受到傷害或威脅', 'I was hurt or threatened'),
  ('欠錢、契約、被騙錢', 'Money owed, a contract, fraud'), ('受傷、被恐嚇、被偷、名譽', 'Injury, threats, theft, reputation'), ('都不是', 'None of these'), ('是', 'Yes'), ('不是', 'No')
) as w(text, text_en) where w.text = a.text;

create or replace view windlion_public.advice_specialities as select id, code, name, hint, position, name_en, hint_en from windlion.advice_specialities where active;
create or replace view windlion_public.advice_questions as select id, text, hint, first, text_en, hint_en from windlion.advice_questions;
create or replace view windlion_public.advice_answers as select id, question_id, text, position, next_question_id, speciality_id, text_en from windlion.advice_answers;
