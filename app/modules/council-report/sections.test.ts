import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { write } from '../../core/db.ts'
import { isRefusal, NotAllowed, valueOf } from '../../core/errors.ts'
import { findMail, listMail } from '../../core/mail/outbox-queries.ts'
import { changeCover, findReport, startReport } from '../../core/reports/drafts.ts'
import { chaseSections, findChases } from '../../core/reports/chase.ts'
import { confirmSection, confirmSectionFor, findSectionActs, reopenSection } from '../../core/reports/confirmation.ts'
import { assignSection, findSections, findVersions, restoreSection, saveSection } from '../../core/reports/sections.ts'
import { sectionsOfUnit } from '../../core/reports/sections-of-unit.ts'
import { clearValue, findTypedValues, typeValue, typeValues } from '../../core/reports/typed-values.ts'
import { day, dayOf } from '../../core/time.ts'
import { halfYear, makeReportOffice, type ReportOffice, standIn, startHalfYear } from './office-for-tests.ts'

const { db } = await createTestDatabase()
let office: ReportOffice
let report = 0
beforeAll(async () => {
  office = await makeReportOffice(db)
  report = await startHalfYear(office)
})

const section = async (key: string) => (await findSections(db, report)).find((each) => each.key === key)!
const message = (result: unknown) => (isRefusal(result) ? result.message : result)
const code = (result: unknown) => (isRefusal(result) ? result.code : result)

test('a new report has all fifteen sections and the closing chapter, each with its unit', async () => {
  const sections = await findSections(db, report)
  expect(sections).toHaveLength(16)
  expect(sections.map(({ no }) => no)).toEqual([...Array.from({ length: 15 }, (_, i) => String(i + 1).padStart(2, '0')), ''])
  expect((await section('s08')).unit).toBe('為民服務科')
  expect((await section('s04')).unit).toBe('法制科')
  expect((await section('s09')).unit).toBe('行政處') // a unit that the county does not have: its department
  expect(sections.every(({ body, state, revision }) => body.trim() !== '' && state === 'drafting' && revision === 1)).toBe(true)
})

test('only the department starts a report, and one period has one draft', async () => {
  await expect(startReport(office.writer, halfYear)).rejects.toThrow(NotAllowed)
  expect(code(await startReport(office.editor, halfYear))).toBe('report.draft-exists')
})

test.each([
  [{ to: '109/3/1' }, '迄日不能早於起日'], [{ statusOn: '109/3/1' }, '資料截止日不能早於'], [{ from: '110/2/30' }, '110'], [{ title: ' ' }, '請寫報告名稱'],
])('a cover that cannot be is refused: %o', async (wrong, sentence) => {
  expect(message(await startReport(office.editor, { ...halfYear, from: '109/4/1', to: '109/9/30', statusOn: '109/10/31', ...wrong }))).toContain(sentence)
})

test('the cover is changed by one at a time', async () => {
  const { revision } = (await findReport(db, report))!
  valueOf(await changeCover(office.editor, { ...halfYear, id: report, revision, reporter: '處長 示範丁' }))
  expect(code(await changeCover(office.editor, { ...halfYear, id: report, revision, reporter: '處長 示範戊' }))).toBe('report.changed')
  expect((await findReport(db, report))!.reporter).toBe('處長 示範丁')
})

test('the unit writes its own section; every text is kept and can be brought back', async () => {
  const before = await section('s08')
  valueOf(await saveSection(office.writer, { report, key: 's08', revision: 1, body: '第二版' }))
  valueOf(await saveSection(office.chief, { report, key: 's08', revision: 2, body: '第三版' }))
  expect((await findVersions(db, before.id)).map(({ revision, body, saved_by: by }) => [revision, body.slice(0, 3), by])).toEqual([[3, '第三版', '黃科長'], [2, '第二版', '林承辦'], [1, before.body.slice(0, 3), '蔡彙編']])
  valueOf(await restoreSection(office.writer, { report, key: 's08', restore: 1 }))
  expect(await section('s08')).toMatchObject({ body: before.body, revision: 4, saved_by: '林承辦' })
})

test('a text that was not changed makes no version', async () => {
  const { body, revision } = await section('s08')
  expect(valueOf(await saveSection(office.writer, { report, key: 's08', revision, body: `${body}\n\n` }))).toMatchObject({ changed: false })
  expect((await section('s08')).revision).toBe(revision)
})

test('who saves after somebody else loses nothing and overwrites nothing unseen', async () => {
  const { revision, body } = await section('s08')
  valueOf(await saveSection(office.chief, { report, key: 's08', revision, body: `${body}\n\n科長加的一段。` }))
  expect(code(await saveSection(office.writer, { report, key: 's08', revision, body: `${body}\n\n承辦加的一段。` }))).toBe('section.changed')
  expect((await section('s08')).body).toContain('科長加的一段')
})

test('another unit neither writes, confirms nor types numbers for a section', async () => {
  const { revision } = await section('s08')
  expect(message(await saveSection(office.lawyer, { report, key: 's08', revision, body: '法制科的話' }))).toContain('由為民服務科負責')
  expect(message(await confirmSection(office.stranger, { report, key: 's08', revision }))).toContain('由為民服務科負責')
  await expect(confirmSection(office.writer, { report, key: 's08', revision })).rejects.toThrow(NotAllowed) // an officer writes, a chief confirms
  expect(code(await typeValue(office.writer, { report, figure: 'assets.review_rounds', value: '1', note: '清冊' }))).toBe('figure.other-unit')
})

test('a text with an unknown figure is saved but not confirmed, and the sentence names the line and the nearest figures', async () => {
  const { revision, body } = await section('s08')
  valueOf(await saveSection(office.writer, { report, key: 's08', revision, body: '第一行\n\n收件 {{petitions.recieved}}' }))
  const refused = { own: await confirmSection(office.chief, { report, key: 's08', revision: revision + 1 }), for: await confirmSectionFor(office.editor, { report, key: 's08', revision: revision + 1, reason: '科長電話同意' }) }
  for (const each of Object.values(refused)) {
    expect(code(each)).toBe('section.mistakes')
    expect(message(each)).toMatch(/1 處錯誤：第 3 行.*petitions\.received/)
  }
  expect(await section('s08')).toMatchObject({ state: 'drafting', body: '第一行\n\n收件 {{petitions.recieved}}' })
  valueOf(await saveSection(office.writer, { report, key: 's08', revision: revision + 1, body }))
})

test('confirmed is locked until the department reopens it with its reason', async () => {
  const { revision } = await section('s08')
  expect(code(await confirmSection(office.chief, { report, key: 's08', revision: revision - 1 }))).toBe('section.changed')
  valueOf(await confirmSection(office.chief, { report, key: 's08', revision }))
  expect(await section('s08')).toMatchObject({ state: 'confirmed', confirmed_by: '黃科長' })
  for (const who of [office.writer, office.chief, office.editor]) expect(code(await saveSection(who, { report, key: 's08', revision, body: '改' }))).toBe('section.locked')
  expect(code(await restoreSection(office.editor, { report, key: 's08', restore: 1 }))).toBe('section.locked')
  expect(code(await assignSection(office.editor, { report, key: 's08', unit: office.units.law }))).toBe('section.locked')
  await expect(reopenSection(office.chief, { report, key: 's08', reason: '再改' })).rejects.toThrow(NotAllowed)
  expect(code(await reopenSection(office.editor, { report, key: 's08', reason: ' ' }))).toBe('input.invalid')
  valueOf(await reopenSection(office.editor, { report, key: 's08', reason: '請補九月的會議' }))
  expect(await section('s08')).toMatchObject({ state: 'drafting', confirmed_by: null, reopened_because: '請補九月的會議' })
})

test('the department confirms for a unit only by saying so, with its reason, and that stays to be seen', async () => {
  const { revision, id, report_id, key } = { ...(await section('s06')) }
  const input = { report, key: 's06', revision }
  await expect(confirmSection(office.editor, input)).rejects.toThrow(NotAllowed)
  await expect(confirmSectionFor(office.chief, { ...input, reason: '代' })).rejects.toThrow(NotAllowed)
  expect(code(await confirmSectionFor(office.editor, { ...input, reason: '  ' }))).toBe('input.invalid')
  valueOf(await confirmSectionFor(office.editor, { ...input, reason: '科長公出，電話同意' }))
  expect(await section('s06')).toMatchObject({ state: 'confirmed', confirmed_by: '蔡彙編', confirmed_because: '科長公出，電話同意' })
  valueOf(await reopenSection(office.editor, { report, key: 's06', reason: '數字要補' }))
  expect(await section('s06')).toMatchObject({ confirmed_because: null })
  expect(await findSectionActs(db, { id, report_id, key })).toMatchObject([
    { kind: 'reopened', by: '蔡彙編', reason: '數字要補', unit: null },
    { kind: 'confirmed-for', by: '蔡彙編', reason: '科長公出，電話同意', unit: '法制科' },
  ])
})

test('a chief’s deputy confirms in the chief’s name, and nothing of other units', async () => {
  const deputy = await standIn(db, office.stranger, office.chief)
  const { revision, id, report_id, key } = { ...(await section('s08')) }
  const before = await section('s04')
  expect(code(await confirmSection(deputy, { report, key: 's04', revision: before.revision }))).toBe('section.other-unit')
  valueOf(await confirmSection(deputy, { report, key: 's08', revision }))
  expect((await findSectionActs(db, { id, report_id, key }))[0]).toMatchObject({ kind: 'confirmed', by: '周外人', for: '黃科長', reason: null })
  valueOf(await reopenSection(office.editor, { report, key: 's08', reason: '試' }))
})

test('a text that was sent twice is saved once', async () => {
  const { revision } = await section('s08')
  const twice = { report, key: 's08', revision, body: '送兩次的文字' }
  expect(valueOf(await saveSection(office.writer, twice))).toEqual({ revision: revision + 1, changed: true })
  expect(valueOf(await saveSection(office.writer, twice))).toEqual({ revision: revision + 1, changed: false })
})

test('units whose sections are missing are reminded by mail once a day, and who has no address is named', async () => {
  await db.updateTable('people').set({ email: 'chief@windlion.example' }).where('id', '=', office.chief.person.id).execute()
  const page = 'https://county.example/console/reports/1'
  const { letters, unreachable } = valueOf(await chaseSections(office.editor, { report, page }))
  expect(letters).toBe(1)
  expect(unreachable).toContain('法制科')
  const [mail] = await listMail(db, { limit: 1 })
  expect(mail).toMatchObject({ to: 'c•••@w•••', purpose: 'report.chase', subject: '請確認業務報告的 1 章（為民服務科）' })
  expect((await findMail(db, mail!.id))!.text).toContain(`08 人民陳情與為民服務\n　${page}/sections/s08`)
  expect((await findChases(db, report)).get(office.units.service)).toMatchObject({ letters: 1 })
  expect(code(await chaseSections(office.editor, { report, unit: office.units.service }))).toBe('report.chased-today')
  await expect(chaseSections(office.chief, { report })).rejects.toThrow(NotAllowed)
})

test('a number without records is typed with who, when and from where; taken back it is gone from the report, not from history', async () => {
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const typed = { report, figure: 'assets.review_rounds', note: '資訊科清冊' }
  expect(code(await typeValue(office.operator, { ...typed, value: '七' }))).toBe('figure.unreadable')
  expect(code(await typeValue(office.operator, { ...typed, value: '7', note: '' }))).toBe('input.invalid')
  expect(code(await typeValue(office.editor, { ...typed, figure: 'petitions.received', value: '407' }))).toBe('figure.counted')
  valueOf(await typeValue(office.operator, { ...typed, value: '7' }))
  expect((await findTypedValues(db, 'council', span)).get('assets.review_rounds')).toMatchObject({ value: 7, byName: '許資訊', note: '資訊科清冊' })
  // what happened in the period does not depend on the status day; a count of that day does
  valueOf(await typeValue(office.operator, { ...typed, figure: 'datacentre.hosts', value: '6' }))
  const other = await findTypedValues(db, 'council', { ...span, statusOn: day('2021-09-30') })
  expect([other.get('assets.review_rounds')?.value, other.get('datacentre.hosts')?.value]).toEqual([7, undefined])
  valueOf(await clearValue(office.operator, typed))
  expect((await findTypedValues(db, 'council', span)).has('assets.review_rounds')).toBe(false)
})

test('the numbers of a section are typed at once from one source; one that cannot be read keeps all from being written', async () => {
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const wrong = await typeValues(office.editor, { report, values: { 'assets.review_rounds': '7', 'datacentre.hosts': '六', 'smart.proposals': '' }, note: '' })
  expect(isRefusal(wrong) && Object.keys(wrong.fields!)).toEqual(['value.datacentre.hosts', 'note'])
  expect((await findTypedValues(db, 'council', span)).has('assets.review_rounds')).toBe(false)
  const values = { 'assets.review_rounds': '7', 'datacentre.hosts': '5', 'smart.proposals': '' }
  expect(valueOf(await typeValues(office.operator, { report, values, note: '收件簿' }))).toEqual({ count: 2 })
  expect(code(await typeValues(office.operator, { report, values, note: '別的來源' }))).toBe('figure.unchanged')
  expect(valueOf(await typeValues(office.editor, { report, values: { ...values, 'assets.review_rounds': '8' }, note: '更正' }))).toEqual({ count: 1 })
  const typed = await findTypedValues(db, 'council', span)
  expect([typed.get('assets.review_rounds'), typed.get('datacentre.hosts')]).toMatchObject([{ value: 8, byName: '蔡彙編', note: '更正' }, { value: 5, byName: '許資訊', note: '收件簿' }])
  expect(code(await typeValues(office.writer, { report, values, note: '別科' }))).toBe('figure.other-unit')
  expect(code(await typeValues(office.editor, { report, values: { 'petitions.received': '1' }, note: '登打' }))).toBe('figure.counted')
})

test('chapters of a report in the making go along with a merged unit', async () => {
  const before = await section('s04')
  const { unit_id: into } = await section('s09')
  const moved = await write(db, async (tx, now) => sectionsOfUnit.move(tx, { person: office.editor.person, onBehalfOf: null, now, today: dayOf(now) }, before.unit_id, into))
  expect(moved).toBeGreaterThan(0)
  expect((await section('s04')).unit).toBe('行政處')
  expect((await findSectionActs(db, { id: before.id, report_id: report, key: 's04' }))[0]).toMatchObject({ kind: 'assigned', unit: '行政處' })
})
