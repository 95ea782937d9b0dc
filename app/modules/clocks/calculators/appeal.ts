import type { DeadlineParams, ServiceKind } from '../../../core/clocks/index.ts'
import { findPlace, travelTime } from '../../../core/clocks/travel.ts'
import type { Calculator, Facts } from './calculator.ts'
import { officeCounty } from './places.ts'

/** Where the authority sits that decides on the appeal. 訴願法 §4: against the county itself it is the ministry. */
function seatOf({ texts }: Facts): string {
  if (texts.maker === 'county') return '臺北市'
  return texts.maker === 'below' ? officeCounty : texts.seat!
}

/** What the travelling time depends on. */
function travelOf(facts: Facts): DeadlineParams {
  return { residence: facts.texts.residence!, appealSeat: seatOf(facts), ...(facts.texts.representative === 'yes' ? { representativeAtSeat: true } : {}) }
}

const appeals = ({ days }: Facts) => days.served ?? days.knew

/** No authority decides on appeals from abroad. */
function refuseSeat({ texts }: Facts): string | null {
  const place = texts.maker === 'other' && texts.seat ? findPlace(texts.seat) : null
  return place && 'rows' in place && place.rows.length === 0 ? `「${texts.seat}」沒有受理訴願的機關，請填臺灣的縣市` : null
}

/** Cities that are divided into zones need the district. */
function refuseResidence(facts: Facts): string | null {
  const { residence } = facts.texts
  if (!appeals(facts) || !residence || !seatOf(facts) || refuseSeat(facts)) return null
  const time = travelTime(residence, seatOf(facts))
  return 'why' in time ? time.why : null
}

const services = [
  { value: '送達', text: '親自收到，或家人、大樓管理員代收' },
  { value: '寄存送達', text: '寄存在郵局、派出所，門口貼通知', hint: '日期請填寄存的那一天，不是去領的那一天' },
  { value: '公示送達', text: '用公告的方式（公示送達）', hint: '日期請填公告的那一天' },
]

export const appeal: Calculator = {
  slug: 'appeal',
  title: '訴願期限',
  about: '收到罰單、駁回或其他處分，不服要提訴願；申請了很久沒有下文；收到訴願決定要不要告。',
  lead: ['收到機關的處分書不服，要在三十日內提起訴願。住得離受理訴願的機關遠，可以加在途期間（路程的日數）。', '填您知道的日期就好，可以只填一個。'],
  questions: [
    { about: '收到處分書不服', fields: [
      { kind: 'day', name: 'served', label: '收到處分書的日期' },
      { kind: 'choice', name: 'service', label: '處分書怎麼送到', options: services, preset: '送達' },
      { kind: 'choice', name: 'told', label: '處分書有沒有寫可以提訴願和期限', preset: 'yes', options: [{ value: 'yes', text: '有' }, { value: 'no', text: '沒有寫，或寫錯了沒有更正' }] },
      {
        kind: 'choice', name: 'maker', label: '是誰做的處分', preset: 'below',
        options: [
          { value: 'below', text: '鄉鎮公所，或縣政府所屬的局、所、學校', hint: '訴願由縣政府受理' },
          { value: 'county', text: '縣政府', hint: '訴願由中央主管部會受理，以臺北市計算' },
          { value: 'other', text: '其他機關', hint: '請在下面填受理訴願的機關在哪裡' },
        ],
      },
      { kind: 'place', name: 'seat', label: '受理訴願的機關在哪裡', hint: '只有上一題選其他機關時才要填', needed: (facts) => (appeals(facts) && facts.texts.maker === 'other' ? '請填受理訴願的機關所在的縣市，在途期間要看這個' : null), refuse: refuseSeat },
      { kind: 'place', name: 'residence', label: '您住的地方', hint: '例如金門縣、金門縣烏坵鄉、臺北市、香港。在途期間看住所，不看戶籍', needed: (facts) => (appeals(facts) ? '請填您住的縣市，在途期間要看這個' : null), refuse: refuseResidence },
      { kind: 'choice', name: 'representative', label: '有沒有住在受理機關當地、可以替您提訴願的代理人', preset: 'no', options: [{ value: 'no', text: '沒有' }, { value: 'yes', text: '有', hint: '有的話不加在途期間' }] },
    ] },
    { about: '處分是對別人做的，但影響我的權益', fields: [
      { kind: 'day', name: 'knew', label: '知道有這個處分的日期', hint: '也請填上面的機關和您住的地方' },
      { kind: 'day', name: 'servedOther', label: '處分送達對方的日期', hint: '知道的話再填；從這一天起超過三年就不能提訴願' },
    ] },
    { about: '申請了，機關一直沒有決定', fields: [
      { kind: 'day', name: 'applied', label: '提出申請的日期' },
    ] },
    { about: '已經提出訴願，在等決定', fields: [{ kind: 'day', name: 'filed', label: '訴願送到機關的日期' }] },
    { about: '收到訴願決定書不服', fields: [
      { kind: 'day', name: 'decided', label: '收到訴願決定書的日期' },
      { kind: 'choice', name: 'decidedService', label: '訴願決定書怎麼送到', options: services, preset: '送達' },
    ] },
  ],
  startDays: ['served', 'knew', 'applied', 'filed', 'decided'],
  steps: [
    {
      key: 'file', rule: 'appeal-filing-30d', from: 'served', who: 'you', title: '提起訴願的最後一天',
      params: (facts) => ({ serviceKind: facts.texts.service as ServiceKind, ...travelOf(facts) }),
      lapse: '逾期的訴願會被決定不受理（訴願法 §77）。處分明顯違法或不當的，機關仍可以自己撤銷或變更（訴願法 §80）；因天災等不可歸責的事由遲誤，原因消滅後十日內可以申請回復原狀（訴願法 §15）。',
      notes: ['以機關收到的日期為準，不看郵戳（訴願法 §14）。寄的話請提早。', '來不及寫理由，可以先表示不服，三十日內再補訴願書（訴願法 §57）。', '期間是三十日，不能申請延長。'],
    },
    {
      key: 'untold', rule: 'remedy-notice-missing', from: 'served', when: ({ texts }) => texts.told === 'no', who: 'you', title: '處分書沒有教示時，視為期間內提起的最後一天',
      params: ({ texts }) => ({ serviceKind: texts.service as ServiceKind }),
      lapse: '過了這一天就不再視為期間內提起（行政程序法 §98）。',
      notes: ['處分書沒有告知救濟期間，或告知錯誤未更正，自送達後一年內提起都算在期間內（行政程序法 §98 III）。仍建議在三十日內提出。'],
    },
    {
      key: 'third', rule: 'appeal-third-party', from: 'knew', who: 'you', title: '利害關係人提起訴願的最後一天',
      params: (facts) => ({ ...travelOf(facts), ...(facts.days.servedOther ? { servedOn: facts.days.servedOther } : {}) }),
      lapse: '逾期的訴願會被決定不受理（訴願法 §77）。',
      notes: ['從知道起三十日；處分送達或公告期滿超過三年，就不能再提（訴願法 §14 II）。', '以機關收到的日期為準，不看郵戳。'],
    },
    {
      key: 'inaction', rule: 'appeal-inaction-2mo', from: 'applied', who: 'office', title: '機關應作成決定的最後一天',
      lapse: '過了這一天還沒有決定，您可以直接提起訴願（訴願法 §2）。',
      notes: ['法令另外規定處理期間的，依該期間；沒有規定的是二個月（訴願法 §2 II）。'],
    },
    {
      key: 'decision', rule: 'appeal-decision-3mo', from: 'filed', who: 'office', title: '訴願應作成決定的最後一天',
      lapse: '過了這一天還沒有決定，您可以不再等，直接提起行政訴訟（行政訴訟法 §4）。',
      notes: ['必要時可以延長一次，最長二個月，會通知您（訴願法 §85）。補理由的話，期間從最後一次補理由重新計算。'],
    },
    {
      key: 'sue', rule: 'appeal-litigation-2mo', from: 'decided', who: 'you', title: '提起行政訴訟的最後一天',
      params: ({ texts }) => ({ serviceKind: texts.decidedService as ServiceKind }),
      lapse: '逾期後訴願決定就確定了（訴願法 §90、行政訴訟法 §106）。',
      notes: ['以法院收到的日期為準。法院的在途期間用另一張表，這裡沒有加；住得遠可能更晚，請問法院。'],
    },
  ],
  next: ['訴願書交給原來作成處分的機關，由它轉送（訴願法 §58）；直接交受理訴願的機關也可以。'],
  example: { served: '114/2/27', service: '送達', told: 'yes', maker: 'county', residence: '金門縣', representative: 'no' },
}
