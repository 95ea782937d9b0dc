set local search_path = windlion;

-- Committees whose meetings have a place of their own in this system stand in the register too: they are found by the kind of case of their meetings.
insert into meeting_bodies (code, name, kind, standing, chair, basis, sits, readers, publication, publication_basis, case_kind) values
  ('regulations_review', '法規審查會', 'committee', true, '', '本府自訂（待法制單位確認）', 'listed', 'bureaux', 'internal', '法規草案之內部審查；經核定才對外公開（待法制單位確認）', 'regulation-meeting'),
  ('appeals_committee', '訴願審議委員會', 'council', true, '', '訴願法 §52', 'listed', 'bureaux', 'internal', '審議涉及個案；對外公開的是決定書（待法制單位確認）', 'appeal-meeting'),
  ('state_compensation', '國家賠償審議委員會', 'council', true, '', '本府自訂（待法制單位確認）', 'listed', 'bureaux', 'internal', '審議涉及個案；經核定才對外公開（待法制單位確認）', 'compensation-council'),
  ('consumer_mediation', '消費爭議調解委員會', 'committee', true, '', '消費者保護法 §45', 'listed', 'bureaux', 'internal', '調解程序得不公開（消費爭議調解辦法 §15）', 'consumer-mediation')
on conflict (code) do nothing;
