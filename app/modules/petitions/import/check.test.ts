import { expect, test } from 'vitest'
import { readTable } from '../../../core/tabular/read.ts'
import { checkTable } from '../../../core/tabular/schema.ts'
import { printProblem } from '../../../core/tabular/table.ts'
import { day } from '../../../core/time.ts'
import { townships } from '../schema.ts'
import { type Office, checkPetitions } from './check.ts'
import { petitionColumnNames, petitionColumns } from './columns.ts'

const unit = (id: number, code: string, name: string, from = '1912-01-01', until: string | null = null) => ({
  id, code, name, validFrom: day(from), validUntil: until === null ? null : day(until),
})
const office: Office = {
  units: [
    unit(1, 'A01', '民政處'), unit(2, 'A02', '工務處'), unit(3, 'A0201', '行政科'), unit(4, 'A0101', '行政科'),
    unit(5, 'A03', '觀光處', '2000-01-01', '2020-12-31'), unit(6, 'A04', '觀光處', '2021-01-01'),
  ],
  knownNumbers: new Map([['舊1', null], ['舊2', '環3']]),
  now: new Date('2021-10-31T17:00+08:00'),
}

const base: Record<string, string> = { 案號: 'A1', 管道: '縣長電子信箱', 收件時間: '110/04/09 08:30', 主旨: '路燈不亮', 主辦單位: '工務處' }

function check(...changes: Record<string, string>[]) {
  const rows = changes.map((change, i) => ({ ...base, 案號: `A${i + 1}`, ...change }) as Record<string, string>)
  const header = petitionColumnNames.filter((name) => rows.some((row) => name in row))
  const csv = [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map((cells) => cells.join(',')).join('\n')
  const { table, problems } = readTable({ name: 'petitions.csv', bytes: Buffer.from(csv) })
  const cells = checkTable(table!, petitionColumns(townships), problems)
  const checked = checkPetitions(cells.rows, office)
  return {
    rows: checked.rows.map(({ value }) => value),
    said: [...cells.problems, ...checked.problems].map(printProblem),
    notices: checked.notices.map(printProblem),
  }
}

test('the columns are those of the contract, in its order', () => {
  expect(petitionColumnNames.join('、')).toBe(
    '案號、管道、收件時間、登錄時間、主旨、內容、陳情人、電子郵件、電話、地址、鄉鎮、類別、主辦單位、協辦單位、分派時間、限辦日期、展期至、結案時間、結案方式、回復內容、滿意度、公開意願、併入案號',
  )
  const columns = Object.values(petitionColumns(townships))
  expect(columns.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual(['案號', '管道', '收件時間', '主旨', '主辦單位'])
})

test('five cells are enough for a petition; it then counts as registered when it was received', () => {
  const { rows, said, notices } = check({})
  expect(said).toEqual([])
  expect(notices).toEqual([])
  expect(rows[0]).toEqual({
    number: 'A1', channel: 'mayor-mail', receivedAt: new Date('2021-04-09T08:30+08:00'), registeredAt: new Date('2021-04-09T08:30+08:00'),
    subject: '路燈不亮', body: '', senderName: null, senderEmail: null, senderPhone: null, senderAddress: null, township: null, category: null,
    unitId: 2, jointUnitIds: [], dispatchedAt: null, dueOn: null, extendedTo: null, closedAt: null, outcome: null, answer: null,
    satisfaction: null, publishConsent: false, mergedInto: null,
  })
})

test('a full row is understood in all its cells', () => {
  const { rows, said, notices } = check({
    管道: '1999', 登錄時間: '110-04-12', 鄉鎮: '烏坵鄉', 協辦單位: '民政處、A04', 分派時間: '110年4月12日 下午2時', 限辦日期: '１１０／０５／２４', 展期至: '2021-06-30',
    結案時間: '110/06/29', 結案方式: '答復', 回復內容: '已修復', 滿意度: '4', 公開意願: '是', 電子郵件: 'a@example.tw',
  })
  expect([...said, ...notices]).toEqual([])
  expect(rows[0]).toMatchObject({
    channel: '1999', registeredAt: new Date('2021-04-12T00:00+08:00'), township: '烏坵鄉', jointUnitIds: [1, 6],
    dispatchedAt: new Date('2021-04-12T14:00+08:00'), dueOn: '2021-05-24', extendedTo: '2021-06-30',
    closedAt: new Date('2021-06-29T00:00+08:00'), outcome: 'answered', satisfaction: 4, publishConsent: true,
  })
})

const impossible: [string, Record<string, string>, string][] = [
  ['closing before receipt', { 結案時間: '110/04/08', 結案方式: '答復' }, '結案時間: 早於收件時間'],
  ['closing earlier on the same day', { 結案時間: '110/04/09 08:29', 結案方式: '答復' }, '結案時間: 早於收件時間'],
  ['an outcome without a closing', { 結案方式: '移轉' }, '結案方式: 有結案方式，但沒有結案時間'],
  ['a merge without a case to merge into', { 結案時間: '110/05/01', 結案方式: '併案' }, '併入案號: 結案方式是併案，必須填併入案號'],
  ['a merge into itself', { 併入案號: 'A1' }, '併入案號: 不能併入自己'],
  ['a merge into nothing', { 併入案號: 'X9' }, '併入案號: 找不到「X9」：它不在檔案的可用列裡，也還沒有匯入'],
  ['an extension that shortens', { 限辦日期: '110/05/24', 展期至: '110/05/23' }, '展期至: 早於限辦日期'],
  ['a due day before receipt', { 限辦日期: '110/04/08' }, '限辦日期: 早於收件日'],
  ['registration before receipt', { 登錄時間: '110/04/08' }, '登錄時間: 早於收件時間'],
  ['dispatch before receipt', { 分派時間: '110/04/09 08:00' }, '分派時間: 早於收件時間'],
  ['receipt in the future', { 收件時間: '110/11/01' }, '收件時間: 在現在之後，還沒有發生'],
  ['closing in the future', { 結案時間: '110/11/01', 結案方式: '答復' }, '結案時間: 在現在之後，還沒有發生'],
  ['an unknown unit', { 主辦單位: '太空處' }, '主辦單位: 沒有「太空處」這個單位，請填單位名稱或代碼，或先匯入 units.csv'],
  ['a unit name that two units share', { 主辦單位: '行政科' }, '主辦單位: 有 2 個單位叫「行政科」，請改填代碼（A0201、A0101）'],
  ['an unknown joint unit', { 協辦單位: '民政處、太空處' }, '協辦單位: 沒有「太空處」這個單位，請填單位名稱或代碼，或先匯入 units.csv'],
  ['a township of another county', { 鄉鎮: '板橋區' }, '鄉鎮: 「板橋區」不是本縣鄉鎮，請填 金城鎮、金沙鎮、金湖鎮、金寧鄉、烈嶼鄉、烏坵鄉、縣外，或留白'],
  ['a day that never was', { 收件時間: '110-02-30' }, '收件時間: 110-02-30 不是存在的日期（110 年 2 月只有 28 天）'],
]
for (const [what, change, reason] of impossible) {
  test(`${what} is refused`, () => {
    const { rows, said } = check(change)
    expect(said).toEqual([`petitions.csv:2:${reason}`])
    expect(rows).toEqual([])
  })
}

const odd: [string, Record<string, string>, string][] = [
  ['a closing without an outcome', { 結案時間: '110/05/01' }, '結案方式: 有結案時間，但沒有結案方式，以「答復」匯入'],
  ['a dispatch after the closing', { 結案時間: '110/05/01', 結案方式: '答復', 分派時間: '110/05/02' }, '分派時間: 晚於結案時間'],
  ['an extension to the same day', { 限辦日期: '110/05/24', 展期至: '110/05/24' }, '展期至: 與限辦日期同一天'],
  ['a score before the closing', { 滿意度: '3' }, '滿意度: 還沒有結案'],
  ['the lead unit among the joint ones', { 協辦單位: 'A02' }, '協辦單位: 「A02」就是主辦單位，不另列協辦'],
  ['what is hardly an e-mail address', { 電子郵件: '無' }, '電子郵件: 不像電子郵件地址，照原文保留'],
  ['another outcome beside a merge', { 併入案號: '舊1', 結案時間: '110/05/01', 結案方式: '答復' }, '併入案號: 有併入案號，但結案方式不是併案'],
]
for (const [what, change, reason] of odd) {
  test(`${what} is kept and reported`, () => {
    const { rows, said, notices } = check(change)
    expect(said).toEqual([])
    expect(notices).toEqual([`petitions.csv:2:${reason}`])
    expect(rows).toHaveLength(1)
  })
}

test('a number twice in one file is refused, naming the first row', () => {
  expect(check({}, { 案號: 'Ａ１' }, { 案號: 'A3' }).said).toEqual(['petitions.csv:3:案號: 「A1」與第 2 列重複'])
})

test('days without a time follow what happened on that day', () => {
  const [row] = check({ 登錄時間: '110/04/09', 分派時間: '110/04/09', 結案時間: '110/04/09', 結案方式: '答復' }).rows
  const received = new Date('2021-04-09T08:30+08:00')
  expect(row).toMatchObject({ registeredAt: received, dispatchedAt: received, closedAt: received })
})

test('a merge may lead to a later row or to a known case, but not in a circle', () => {
  expect(check({ 併入案號: 'A2' }, { 併入案號: '舊1' }).said).toEqual([])
  expect(check({ 併入案號: 'A2' }, { 併入案號: 'A1' }).said).toEqual([
    'petitions.csv:2:併入案號: 「A2」又併回「A1」', 'petitions.csv:3:併入案號: 「A1」又併回「A2」',
  ])
  expect(check({ 案號: '環3', 併入案號: '舊2' }).said).toEqual(['petitions.csv:2:併入案號: 「舊2」又併回「環3」'])
})

test('a case merged into a refused one is refused with it', () => {
  const { rows, said } = check({ 結案方式: '答復' }, { 併入案號: 'A1' }, { 併入案號: 'A2' }, {})
  expect(rows.map(({ number }) => number)).toEqual(['A4'])
  expect(said).toHaveLength(3)
})

test('a unit is the one that bore the name on the day of receipt', () => {
  expect(check({ 主辦單位: '觀光處' }).rows[0]!.unitId).toBe(6)
  expect(check({ 主辦單位: '觀光處', 收件時間: '109/04/09' }).rows[0]!.unitId).toBe(5)
})
