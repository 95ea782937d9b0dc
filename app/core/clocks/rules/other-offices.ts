import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// Rules of work whose modules are still to come; they keep the engine honest about every way of counting.
export const otherRules: Rule[] = [
  {
    id: 'foi-decide-15d', version: 1, title: '政府資訊公開申請之准駁', trigger: '受理',
    citation: '政府資訊公開法 §12 I', status: 'V-M', effectiveFrom: day('2005-12-28'), effectiveTo: null,
    unit: 'cd', length: 15, roll: 'next-open', counting: 'administrative', configurable: false,
    extension: { max: 15, citation: '政府資訊公開法 §12 I：必要時得予延長，不逾十五日' },
    onLapse: '申請人得以怠為處分提起訴願',
  },
  {
    id: 'reg-promulgate-30d', version: 1, title: '自治條例之公布', trigger: '收到議會函',
    citation: '地方制度法 §32 I', status: 'V-M', effectiveFrom: day('1999-01-27'), effectiveTo: null,
    unit: 'cd', length: 30, roll: 'next-open', counting: 'civil', configurable: false,
    pausable: { citation: '地方制度法 §32 I：提起覆議、報請函告無效或聲請解釋之期間' },
    onLapse: '自期限屆滿之日起算第三日起發生效力（地方制度法 §32 V）',
  },
  {
    id: 'reg-effective-3rd-day', version: 1, title: '自治法規之生效', trigger: '公布',
    citation: '地方制度法 §32 IV；中央法規標準法 §13', status: 'V-M', effectiveFrom: day('1999-01-27'), effectiveTo: null,
    unit: 'cd', length: 3, firstDay: 'counted', roll: 'none', counting: 'own', configurable: false,
    onLapse: '發生效力',
  },
  {
    id: 'sc-notice-5d', version: 1, title: '國家賠償首次協議期日之通知', trigger: '協議期日',
    citation: '國家賠償法施行細則 §21 I（至少五日前，以五個整日計）', status: 'U', effectiveFrom: null, effectiveTo: null,
    unit: 'cd', length: 5, direction: 'clear-days-before', roll: 'none', counting: 'own', configurable: false,
    onLapse: '協議期日之通知有瑕疵',
  },
]
