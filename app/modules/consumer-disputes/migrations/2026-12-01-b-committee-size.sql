set local search_path = windlion;

-- A committee that was made before keeps the rules it was made with: the number of its members (消費者保護法 §45 I) is enforced now.
update committees set rules = rules || '{"size": {"least": 7, "most": 21, "law": "消費者保護法 §45 I"}}'::jsonb where code = 'consumer-mediation';
