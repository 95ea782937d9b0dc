import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 離島綜合建設實施方案 and the plans of the county.
const inForce = { version: 1, status: 'V-M', effectiveFrom: day('2000-04-05'), effectiveTo: null } as const

export const planRules: Rule[] = [
  {
    id: 'plan-offshore-4y', title: '離島綜合建設實施方案之期程', trigger: '實施方案開始', citation: '離島建設條例 §5', ...inForce,
    unit: 'y', length: 4, firstDay: 'counted', roll: 'none', counting: 'own', dueWord: '期程末日', configurable: false,
    onLapse: '期程屆滿，應有次期實施方案',
  },
  {
    id: 'plan-offshore-approval', title: '離島綜合建設實施方案之通盤檢討', trigger: '前次核定', citation: '離島建設條例 §6 II', ...inForce,
    unit: 'y', length: 4, roll: 'target', counting: 'civil', configurable: false,
    onLapse: '逾四年未通盤檢討；修正須經離島建設指導委員會審議並報行政院核定',
  },
  {
    id: 'plan-offshore-landuse-1y', title: '重大建設投資計畫土地使用變更之審查', trigger: '申請人送件', citation: '離島建設條例 §7', ...inForce,
    unit: 'y', length: 1, roll: 'next-open', counting: 'civil', configurable: false,
    onLapse: '土地使用變更審議逾一年',
  },
]
