import { type Day, day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 等標期. 招標期限標準 as completely amended on 91/5/8; §4-1 added on 98/8/31. The lengths are the least that the law
// allows; the agency sets a reasonable one.
const standard = day('2002-05-08')
const openTender = { 小額: 7, 未達公告金額: 7, 公告金額: 14, 查核金額: 21, 巨額: 28 } as const

type TenderRule = Pick<Rule, 'id' | 'title' | 'trigger' | 'tender'> & { effectiveFrom?: Day; extension?: Rule['extension'] }

const tender = ({ id, title, trigger, tender, effectiveFrom = standard }: TenderRule): Rule => ({
  id, version: 1, title, trigger, tender: tender!, citation: tender!.citation, status: 'V-M', effectiveFrom, effectiveTo: null,
  unit: 'cd', length: null, firstDay: 'counted', roll: 'next-open', counting: 'own', configurable: false,
  extension: { max: null, citation: '招標期限標準 §7 I：變更或補充招標文件內容，視需要延長' },
  onLapse: '截止投標（收件）；逾時送達者不予受理',
})

export const tenderRules: Rule[] = [
  tender({
    id: 'tender-open', title: '公開招標之等標期', trigger: '刊登政府採購公報',
    tender: { minimumDays: openTender, citation: '招標期限標準 §2', shortening: {} },
  }),
  tender({
    id: 'tender-later-stage', title: '分段開標後續階段之等標期', trigger: '邀標',
    tender: { minimumDays: 7, citation: '招標期限標準 §2 III', shortening: {} },
  }),
  tender({
    id: 'tender-selective-prequal', title: '選擇性招標資格預先審查之等標期', trigger: '刊登政府採購公報',
    tender: { minimumDays: { 小額: 7, 未達公告金額: 7, 公告金額: 10, 查核金額: 10, 巨額: 14 }, citation: '招標期限標準 §3', shortening: {} },
  }),
  tender({
    id: 'tender-public-evaluation', title: '限制性招標公開評選之等標期', trigger: '公告',
    tender: {
      minimumDays: openTender, citation: '招標期限標準 §4 I', shortening: {},
      clocks: {
        'real-estate': { title: '指定地區採購房地產之公開徵求', minimumDays: 10, citation: '招標期限標準 §4 II' },
        'real-estate-later': { title: '指定地區採購房地產之第二次以後公開徵求', minimumDays: 5, citation: '招標期限標準 §4 II' },
      },
    },
  }),
  tender({
    id: 'tender-quotes', title: '公開取得書面報價或企劃書之等標期', trigger: '公告',
    tender: { minimumDays: 5, citation: '招標期限標準 §5', shortening: {} },
  }),
  tender({
    id: 'tender-urgent', title: '緊急情事之等標期', trigger: '公告或邀標', effectiveFrom: day('2009-08-31'),
    tender: {
      minimumDays: { 公告金額: 10, 查核金額: 10, 巨額: 10 }, citation: '招標期限標準 §4-1', shortening: { never: { below: 10, citation: '招標期限標準 §4-1' } },
    },
  }),
  ...([['tender-reduce-view', 'publicInspection', '公開閱覽'], ['tender-reduce-eget', 'electronicDocuments', '電子領標'], ['tender-reduce-ebid', 'electronicBids', '電子投標']] as const)
    .map(([id, always, name]) => tender({
      id, title: `公開招標經${name}縮短之等標期`, trigger: '刊登政府採購公報',
      tender: { minimumDays: openTender, citation: '招標期限標準 §2、§9', shortening: { always } },
    })),
  tender({
    id: 'tender-retender', title: '重行或續行招標之等標期', trigger: '公告',
    tender: {
      minimumDays: { 小額: 3, 未達公告金額: 3, 公告金額: 7, 查核金額: 7, 巨額: 7 },
      citation: '招標期限標準 §8（取消或暫停後六個月內，或流標、廢標、撤銷決標、解除契約後三個月內重行招標，且招標文件未經重大改變）',
      shortening: false,
    },
  }),
  ...([
    ['tender-retender-cancelled', '取消或暫停招標後得縮短等標期重行招標', '取消或暫停招標', 6, '招標期限標準 §8 I'],
    ['tender-retender-failed', '流標、廢標、撤銷決標或解除契約後得縮短等標期重行招標', '流標、廢標、撤銷決標或解除契約', 3, '招標期限標準 §8 II'],
  ] as const).map(([id, title, trigger, length, citation]): Rule => ({
    id, version: 1, title, trigger, citation, status: 'V-M', effectiveFrom: standard, effectiveTo: null,
    unit: 'mo', length, roll: 'next-open', counting: 'civil', configurable: false, dueWord: '最遲重行招標日',
    onLapse: '等標期不得再依 §8 縮短',
  })),
  {
    id: 'tender-change', version: 1, title: '變更或補充招標文件而免延長等標期之公告', trigger: '原定截止投標',
    citation: '招標期限標準 §7 II（非屬重大改變，且於原定截止日前五日公告或書面通知各廠商）', status: 'V-M', effectiveFrom: standard, effectiveTo: null,
    unit: 'cd', length: 5, direction: 'days-before', roll: 'none', counting: 'own', configurable: false,
    onLapse: '應視需要延長等標期（招標期限標準 §7 I）',
  },
]
