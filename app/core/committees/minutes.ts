import { chineseNumeral } from '../laws/numerals.ts'
import { type Day, rocLongDay } from '../time.ts'
import { isThere, type Seated } from './rules.ts'
import { type Asker, askers, attendances, type Ground, grounds, type Mode, modes, seats } from './words.ts'

export type MinutesOf = {
  title: string; heldOn: Day; startsAt: string; endsAt: string | null; place: string; mode: Mode; chair: string; remarks: string
  people: (Seated & { title: string })[]
  items: MinutesItem[]
}
export type MinutesItem = {
  section?: string | null
  number: string | null; subject: string; decision: string | null; text: string; tally: { for: number; against: number; abstain: number } | null
  recusals: { name: string; ground: Ground; askedBy: Asker; facts: string; granted: boolean | null }[]
  dissents: { name: string; text: string }[]
  /** what was asked besides, a line each */
  told?: string[]
}

/** How a module's minutes differ: `seat`: those who sit (委員); `sections`: parts of the agenda in order, by code; `quiet`: no vote was taken unless one is counted; `chair`, `decision`: what these are called; `lines`: what was asked stands on lines of its own; `after`: lines at the end. */
export type MinutesWords = { seat?: string; sections?: Record<string, string>; quiet?: true; lines?: true; chair?: string; decision?: string; after?: string[] }

/** The minutes of a meeting, from who was there and what was decided. `decisions`: code → words of the module. */
export function writeMinutes(of: MinutesOf, decisions: Record<string, string>, words: MinutesWords = {}): string {
  return [
    `${of.title}紀錄`,
    `時間：${rocLongDay(of.heldOn)} ${of.startsAt}${of.endsAt ? `至 ${of.endsAt}` : ''}`,
    `地點：${of.place}${of.mode === 'on-site' ? '' : `（${modes[of.mode]}）`}`,
    `${words.chair ?? '主席'}：${of.chair}`,
    ...people(of.people, words.seat ?? '委員'),
    '',
    ...(words.sections ? bySection(of.items, words.sections, (items) => itemsLines(items, decisions, words)) : itemsLines(of.items, decisions, words)),
    ...(words.after?.length ? [...words.after, ''] : []),
    ...(of.remarks.trim() ? ['發言要旨及其他：', of.remarks.trim(), ''] : []),
    `散會${of.endsAt ? `：${of.endsAt}` : '。'}`,
  ].join('\n')
}

const itemsLines = (items: MinutesItem[], decisions: Record<string, string>, words: MinutesWords): string[] =>
  items.flatMap((item, i) => [`案由${items.length > 1 ? chineseNumeral(i + 1) : ''}：${item.number ? `${item.number} ` : ''}${item.subject}`, ...itemLines(item, decisions, words), ''])

/** 壹、報告事項 … in the order of the words; what has no part, or an unknown one, comes first without a heading. */
function bySection(items: MinutesItem[], sections: Record<string, string>, lines: (items: MinutesItem[]) => string[]): string[] {
  const known = Object.keys(sections)
  const used = known.filter((code) => items.some(({ section }) => section === code))
  return [...lines(items.filter(({ section }) => !section || !known.includes(section))), ...used.flatMap((code, i) => [`${'壹貳參肆伍陸柒捌玖拾'[i]}、${sections[code]}`, ...lines(items.filter(({ section }) => section === code))])]
}

function people(all: MinutesOf['people'], seat: string): string[] {
  const name = (one: MinutesOf['people'][number]) => `${one.name}${one.title ? `（${one.title}）` : ''}${one.attendance === 'deputy' ? `（${one.deputy} 代）` : one.attendance === 'video' ? '（視訊）' : ''}`
  const line = (label: string, some: MinutesOf['people']) => (some.length ? [`${label}：${some.map(name).join('、')}`] : [])
  const seated = all.filter(({ seat }) => seat !== 'other')
  return [
    ...line(`出席${seat}`, seated.filter(isThere)),
    ...line(`${attendances.leave}${seat}`, seated.filter(({ attendance }) => attendance === 'leave')),
    ...line(`${attendances.absent}${seat}`, seated.filter(({ attendance }) => attendance === 'absent')),
    ...line(seated.length ? seats.other : '出席人員', all.filter((one) => one.seat === 'other' && isThere(one))),
  ]
}

function itemLines(item: MinutesItem, decisions: Record<string, string>, { quiet, lines, decision = '決議' }: MinutesWords): string[] {
  return [
    ...item.recusals.map((one) => `迴避：${one.name}，${askers[one.askedBy]}，${grounds[one.ground].label}（${grounds[one.ground].law}）${one.facts ? `，${one.facts}` : ''}：${one.granted ? '應迴避，未參與本案審議' : '無迴避事由'}。`),
    ...(item.told?.length ? (lines ? item.told : [`${item.told.join('；')}。`]) : []),
    `${decision}：${[item.decision ? (decisions[item.decision] ?? item.decision) : '', item.text].filter(Boolean).join('。')}`,
    ...(item.tally ? [`表決：贊成 ${item.tally.for} 票、反對 ${item.tally.against} 票、棄權 ${item.tally.abstain} 票。`] : quiet ? [] : ['表決：出席委員無異議。']),
    ...item.dissents.map(({ name, text }) => `不同意見（${name} 請求列入紀錄）：${text}`),
  ]
}
