import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'
import { dispositionService } from './service-delays.ts'

// 政府資訊, 檔案, 個人資料.
const inForce = { version: 1, effectiveTo: null, status: 'V-M', configurable: false } as const
const foi = { ...inForce, effectiveFrom: day('2005-12-30') } as const
const archive = { ...inForce, effectiveFrom: day('2002-01-01') } as const
const personal = { ...inForce, effectiveFrom: day('2012-10-01') } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'administrative' } as const
const inaction = '申請人得以機關不作為提起訴願（訴願法 §2）'

export const informationRules: Rule[] = [
  {
    id: 'foi-correct-7d', title: '政府資訊公開申請之補正', trigger: '補正通知送達', citation: '政府資訊公開法 §11', ...foi, ...within, length: 7, serviceDelays: dispositionService,
    onLapse: '得逕行駁回（政府資訊公開法 §11）',
  },
  {
    id: 'foi-decide-15d', title: '政府資訊公開申請之准駁', trigger: '受理申請', citation: '政府資訊公開法 §12 I', ...foi, ...within, length: 15,
    extension: { max: 15, citation: '政府資訊公開法 §12 I：必要時得予延長，不得逾十五日' },
    onLapse: inaction,
  },
  {
    id: 'foi-third-party-10d', title: '利害關係人對公開之表示意見', trigger: '通知送達或公告', citation: '政府資訊公開法 §12 II、III', ...foi, ...within, length: 10,
    serviceDelays: dispositionService,
    note: '准駁期間不因此停止（條文未定）。',
    onLapse: '機關得逕為准駁之決定（政府資訊公開法 §12 IV）',
  },
  {
    id: 'foi-amend-30d', title: '政府資訊更正或補充申請之准駁', trigger: '受理申請', citation: '政府資訊公開法 §15 I', ...foi, ...within, length: 30,
    extension: { max: 30, citation: '政府資訊公開法 §15 I：必要時得予延長，不得逾三十日' },
    onLapse: inaction,
  },
  {
    id: 'archive-correct-7d', title: '檔案應用申請之補正', trigger: '補正通知送達', citation: '檔案法施行細則 §19 I', ...archive, ...within, length: 7, serviceDelays: dispositionService,
    onLapse: '得逕行駁回（檔案法施行細則 §19 I）',
  },
  {
    id: 'archive-decide-30d', title: '檔案應用申請之准駁', trigger: '受理申請', citation: '檔案法 §19；施行細則 §19 II', ...archive, ...within, length: 30,
    restartOn: ['correctedOn'],
    onLapse: inaction,
  },
  {
    id: 'archive-catalog-6mo', title: '機關檔案目錄之送交（每半年一次）', trigger: '前次送交', citation: '檔案法 §8 II；施行細則 §10', ...archive,
    unit: 'mo', length: 6, roll: 'target', counting: 'civil',
    note: '以電子方式送交檔案中央主管機關，不含機密項目；縣政府彙整所屬及鄉鎮。',
    onLapse: '目錄送交逾期',
  },
  {
    id: 'archive-clean-1y', title: '檔案之清理（每年至少一次）', trigger: '前次清理', citation: '檔案法施行細則 §8', ...archive,
    unit: 'y', length: 1, roll: 'target', counting: 'civil',
    onLapse: '檔案清理逾期',
  },
  {
    id: 'apa-file-access', title: '當事人閱覽卷宗申請之處理', trigger: '收受申請', citation: '行政程序法 §46、§51（§46 未定日數，依公告之處理期間，未公告者二個月）', ...inForce,
    effectiveFrom: day('2001-01-01'), configurable: true, unit: 'mo', roll: 'next-open', counting: 'administrative', length: 2,
    extension: { max: 'original', citation: '行政程序法 §51 III、IV：以一次為限，並於原處理期間屆滿前將事由通知申請人' },
    notice: { decides: 'extension', text: '通知申請人延長' },
    onLapse: '逾期未處理；對程序行為之不服，於對實體決定聲明不服時一併為之（行政程序法 §174）',
  },
  {
    id: 'pdp-access-15d', title: '當事人查詢、閱覽或複製個人資料請求之准駁', trigger: '受理請求', citation: '個人資料保護法 §13 I', ...personal, ...within, length: 15,
    extension: { max: 15, citation: '個人資料保護法 §13 I：必要時得予延長，不得逾十五日，並將原因以書面通知請求人' },
    onLapse: inaction,
  },
  {
    id: 'pdp-correct-30d', title: '當事人更正、停止或刪除個人資料請求之准駁', trigger: '受理請求', citation: '個人資料保護法 §13 II', ...personal, ...within, length: 30,
    extension: { max: 30, citation: '個人資料保護法 §13 II：必要時得予延長，不得逾三十日，並將原因以書面通知請求人' },
    onLapse: inaction,
  },
  {
    id: 'pdp-breach-notify', title: '個人資料事故之通知當事人', trigger: '查明事故', citation: '個人資料保護法 §12；施行細則 §22（查明後以適當方式，條文無日數）', ...personal,
    configurable: true, ...within, length: null,
    onLapse: '違反通知義務',
  },
  {
    id: 'pdp-breach-report', version: 1, title: '個人資料事故之通報主管機關', trigger: '知悉事故', citation: '個人資料保護法 114 年修正及其子法草案（據報為七十二小時）', status: 'S',
    effectiveFrom: day('2025-10-17'), effectiveTo: null, draft: true, configurable: true, unit: 'h', length: 72, roll: 'none', counting: 'own',
    onLapse: '違反通報義務',
  },
]
