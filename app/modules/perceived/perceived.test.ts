import { createCanvas } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { useDocumentFolder } from '../../core/documents/store.ts'
import { isRefusal, NotAllowed, type Result, valueOf } from '../../core/errors.ts'
import { figureValue } from '../../core/figures/compute.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { importTables } from '../../core/tabular/import.ts'
import { day, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { makePerceivedItems } from '../../demo/perceived.ts'
import { rowsFile } from '../../demo/tables.ts'
import { declareModules } from '../../start.ts'
import { figures } from './figures.ts'
import { perceivedImporter } from './import/items.ts'
import { findItemState } from './item.ts'
import { judgeText, unpublish, writeText } from './publish.ts'
import { countToApprove, findAchievement, findAchievements, findItemFile } from './queries.ts'
import { addItem, changeItem } from './register.ts'
import { addEvidence, procedure } from './steps.ts'
import './tables.ts'
import { testFolder } from '../../../test/support/folder.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
useDocumentFolder(testFolder())
const [works, admin] = [await makeUnit(db, '工務處'), await makeUnit(db, '行政處')]
const officer = await makePerson(db, '陳承辦', 'officer', works)
const stranger = await makePerson(db, '周外人', 'officer', admin)
const editor = await makePerson(db, '蔡綜規', 'editor', admin)
const control = await makePerson(db, '吳管考', 'control', admin)
const acts = stepActs(procedure)

const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : 'done')
const input = { year: '110', title: '金湖路燈換裝', goal: '晚上看得清楚', unitId: works, township: '金湖鎮', finishOn: '110/9/30' }
const { number: name } = valueOf(await addItem(at(editor, '110/1/11 09:00'), input))
const take = (step: string, who: typeof officer, on: string, more: object = {}, of = name) => acts[step]!(at(who, `${on} 10:00`), { name: of, on, ...more })
const picture = (filename: string) => ({ filename, bytes: createCanvas(8, 8).toBuffer('image/png') })

test('the planning section lists; the lead unit works it; done needs a picture or a document', async () => {
  await expect(addItem(officer, input)).rejects.toThrow(NotAllowed)
  expect(codeOf(await addItem(editor, { ...input, finishOn: '109/9/30' }))).toBe('perceived.days')
  await expect(take('start', stranger, '110/2/1')).rejects.toThrow(NotAllowed)
  valueOf(await take('start', officer, '110/2/1'))
  expect(codeOf(await changeItem(editor, { ...input, name, title: '金湖路燈全面換裝' }))).toBe('done')
  expect(codeOf(await take('finish', officer, '110/8/1'))).toBe('perceived.no-evidence')
  valueOf(await addEvidence(at(officer, '110/2/2 09:00'), { name, kind: 'paper', documentNo: '府工字第1號' }))
  const refused = async (more: object) => { const result = await take('finish', officer, '110/8/1', more); return isRefusal(result) && result.field }
  expect([await refused({}), await refused({ noBefore: '開工前沒有拍' })]).toEqual(['noBefore', 'noAfter'])
  valueOf(await addEvidence(at(officer, '110/2/2 09:00'), { name, kind: 'before', files: [picture('before.png')] }))
  valueOf(await addEvidence(at(officer, '110/8/1 09:00'), { name, kind: 'after', files: [picture('after.png')] }))
  valueOf(await take('finish', officer, '110/8/2'))
})

test('the public reads what somebody else than its writer approved, with its pictures, until it is taken off', async () => {
  const { files } = await findItemFile(db, (await findItemState(db, null, name)).id)
  const of = (kind: string) => String(files.find((one) => one.kind === kind)!.id)
  const text = { name, title: '晚上走路安心了', text: '以前路燈昏暗，現在全部換成新的燈。', before: of('before'), after: of('after') }
  await expect(writeText(stranger, text)).rejects.toThrow(NotAllowed)
  expect(codeOf(await writeText(editor, { ...text, before: '999999' }))).toBe('perceived.picture')
  expect(codeOf(await writeText(editor, { ...text, before: '' }))).toBe('perceived.no-picture')
  expect(codeOf(await writeText(editor, { ...text, before: '', noBefore: '住戶王先生 0912-345-678 不同意' }))).toBe('publication.unmasked')
  expect(codeOf(await writeText(at(editor, '110/8/3 09:00'), { ...text, text: '換了新的燈，聯絡人王小明 0912345678。' }))).toBe('publication.unmasked')
  expect(codeOf(await writeText(at(editor, '110/8/3 09:00'), { ...text, text: '換了新的燈，民眾身分證 A123456789。', ownPlaces: 'yes' }))).toBe('publication.unmasked')
  // the office's own number may stand; whoever approves says so too, and that the name was seen
  valueOf(await writeText(at(editor, '110/8/3 09:00'), { ...text, text: '換了新的燈，聯絡人王小明 0912345678。', ownPlaces: 'yes' }))
  const approve = (more = {}) => judgeText(at(control, '110/8/3 09:30'), { name, decision: 'approve', ...more })
  expect([codeOf(await approve()), codeOf(await approve({ ownPlaces: 'yes' }))]).toEqual(['publication.unmasked', 'perceived.reviewed'])
  valueOf(await writeText(at(editor, '110/8/3 09:00'), text))
  expect(codeOf(await judgeText(at(editor, '110/8/3 10:00'), { name, decision: 'approve' }))).toBe('perceived.own-text')
  await expect(judgeText(at(officer, '110/8/3 10:00'), { name, decision: 'approve' })).rejects.toThrow(NotAllowed)
  expect([await countToApprove(db, control.person), await countToApprove(db, editor.person)]).toEqual([1, 0])
  expect(codeOf(await judgeText(at(control, '110/8/4 09:00'), { name, decision: 'return', note: '' }))).toBe('perceived.note')
  expect(await findAchievement(db, name)).toBeUndefined()
  valueOf(await judgeText(at(control, '110/8/4 10:00'), { name, decision: 'approve' }))
  const [shown] = await findAchievements(db, 110, '金湖鎮')
  expect(shown).toMatchObject({ number: name, title: '晚上走路安心了', before_type: 'image/png', unit: '工務處' })
  expect(shown!.after_sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(await findAchievements(db, 110, '全縣')).toEqual([])
  expect(codeOf(await writeText(editor, text))).toBe('perceived.public')
  valueOf(await unpublish(at(control, '110/8/5 09:00'), { name, note: '照片裡有人臉' }))
  expect(await findAchievement(db, name)).toBeUndefined()
  valueOf(await writeText(at(editor, '110/8/6 09:00'), { ...text, before: '', noBefore: '照片裡有人臉' }))
  valueOf(await judgeText(at(control, '110/8/6 10:00'), { name, decision: 'approve' }))
  expect(await findAchievement(db, name)).toMatchObject({ before_sha256: null, no_before: '照片裡有人臉', no_after: null })
})

test('what is not finished goes on next year, linked both ways; what is withdrawn says why', async () => {
  const { number: other } = valueOf(await addItem(at(editor, '110/1/12 09:00'), { ...input, title: '漁港照明', township: '' }))
  await expect(take('carry', officer, '110/12/20', { note: '材料未到' }, other)).rejects.toThrow(NotAllowed)
  expect(codeOf(await take('carry', editor, '110/12/20', {}, other))).toBe('perceived.reason')
  valueOf(await take('carry', editor, '110/12/20', { note: '材料未到' }, other))
  const before = await findItemState(db, null, other)
  const next = await findItemState(db, null, before.nextNumber!)
  expect([before.outcome, next.year, next.title, (await findItemFile(db, next.id)).previousNumber]).toEqual(['carried', 111, '漁港照明', other])
  expect(codeOf(await take('reopen', editor, '110/12/21', { note: '誤按' }, other))).toBe('perceived.carried')
  valueOf(await take('withdraw', editor, '111/2/1', { note: '中央已辦' }, next.number))
  valueOf(await take('reopen', editor, '111/2/2', { note: '誤按' }, next.number))
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('the demonstration has 79 items of ROC 110 and 72 of 111 on the status day', async () => {
  const rows = makePerceivedItems(day('2026-11-29'))
  for (const unit of new Set(rows.map((row) => row.主辦單位!))) if (!['工務處', '行政處'].includes(unit)) await makeUnit(db, unit)
  // what the tests above made is of other numbers
  await db.updateTable('perceived_items').set({ roc_year: 105 }).execute()
  const numbered = rows.map((row) => ({ ...row, 案號: row.案號!.replace('感', '舊'), 轉自案號: row.轉自案號!.replace('感', '舊') }))
  const run = (of: Record<string, string>[], options = {}) => importTables(db, [rowsFile(perceivedImporter, 'perceived-items.csv', of)], [perceivedImporter], options)
  expect((await run(numbered)).errors).toEqual([])
  expect((await run(numbered)).messages.join()).toContain(`原本就有 ${rows.length} 筆`)
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const value = async (id: string) => (await figureValue(db, figures.find((each) => each.id === id)!, span)).value
  expect([await value('perceived.items_this_year'), await value('perceived.items_next_year')]).toEqual([79, 72])
  expect(await value('perceived.done_rate')).toBeGreaterThan(0.4)
  const wrong = await run([{ 案號: '舊110-000990', 年度: '110', 項目: '測試', 主辦單位: '夢想處', 列入日期: '110/1/1', 結果: '已完成', 結果日期: '110/2/1', 轉自案號: '舊110-999999' }])
  for (const part of ['主辦單位: 沒有「夢想處」', '佐證文號: 完成的項目要有佐證', '改善前文號: 完成的項目要有改善前的佐證', '轉自案號: 沒有']) expect(wrong.errors.join('\n')).toContain(part)
}, 60_000)
