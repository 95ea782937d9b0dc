set local search_path = windlion;

-- 個人資料保護法 §13: a request's clock knows one fact, its extension.
update case_clocks k set params = jsonb_strip_nulls(jsonb_build_object('extensionDays', r.extension_days))
from personal_data_requests r where r.id = k.case_id and k.main and k.met_at is null;
