import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { isRefusal, NotAllowed, type Result, valueOf } from '../../core/errors.ts'
import { figureCases, figureValue } from '../../core/figures/compute.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { importTables } from '../../core/tabular/import.ts'
import { day, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { makeCentralProposals } from '../../demo/proposals.ts'
import { rowsFile } from '../../demo/tables.ts'
import { declareModules } from '../../start.ts'
import { figures } from './figures.ts'
import { proposalsImporter } from './import/proposals.ts'
import { parseYears } from './money-lines.ts'
import { appliedTwd, countToRevise, findProposalState, grantedTwd } from './proposal.ts'
import { changeProposal, openProposal } from './register.ts'
import { addPaper, procedure } from './steps.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
const [township, works, admin] = [await makeUnit(db, '示範鄉公所', { kind: 'township' }), await makeUnit(db, '工務處'), await makeUnit(db, '行政處')]
const officer = await makePerson(db, '陳承辦', 'officer', township)
const stranger = await makePerson(db, '周外人', 'officer', works)
const editor = await makePerson(db, '蔡綜規', 'editor', admin)
const acts = stepActs(procedure)

const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : 'done')
const input = { kind: 'general', title: '示範島創生', ministry: '國家發展主管機關', programme: '地方創生', summary: '', unitId: township, joint: [admin] }
const { number: name } = valueOf(await openProposal(at(editor, '113/3/1 09:00'), input))
const take = (step: string, who: typeof officer, on: string, more: object = {}) => acts[step]!(at(who, `${on} 10:00`), { name, on, ...more })

test('money by year is read a line a year', () => {
  expect(parseYears('111 3,000萬 配合款 300萬\n112年 1億2,000萬')).toEqual({ years: [{ year: 111, twd: 30_000_000, cofundingTwd: 3_000_000 }, { year: 112, twd: 120_000_000, cofundingTwd: 0 }] })
  for (const wrong of ['三千萬', '111', '111 很多', '111 1萬 配合款 很多', '112 1萬\n111 1萬']) expect(parseYears(wrong)).toHaveProperty('problem')
})

test('a township submits, the ministry asks for changes, grants less than was asked', async () => {
  await expect(openProposal(officer, input)).rejects.toThrow(NotAllowed)
  expect(codeOf(await openProposal(editor, { ...input, joint: [township] }))).toBe('proposal.joint')
  expect(codeOf(await take('submit', officer, '113/4/1', { applied: '明年三千萬' }))).toBe('proposal.years')
  await expect(take('submit', stranger, '113/4/1', { applied: '113 1萬' })).rejects.toThrow(NotAllowed)
  valueOf(await take('submit', officer, '113/4/1', { applied: '113 3,000萬 配合款 300萬\n114 1,000萬' }))
  expect(codeOf(await take('grant', officer, '113/3/20', { granted: '113 1萬' }))).toBe('proposal.before')
  valueOf(await take('ask-changes', officer, '113/5/2', { note: '補財務規劃', by: '113/5/31' }))
  expect(codeOf(await take('grant', officer, '113/5/3', { granted: '113 1萬' }))).toBe('proposal.wrong-stage')
  expect([await countToRevise(db, officer.person, day('2024-06-01')), await countToRevise(db, stranger.person, day('2024-06-01'))]).toEqual([{ open: 1, late: 1 }, { open: 0, late: 0 }])
  valueOf(await addPaper(at(officer, '113/5/10 09:00'), { name, kind: 'letter', documentNo: '示鄉字第1號' }))
  expect(codeOf(await changeProposal(at(editor, '113/5/10 09:00'), { ...input, name, title: '示範島零碳創生' }))).toBe('done')
  valueOf(await take('resubmit', officer, '113/5/20', { applied: '113 2,500萬 配合款 300萬\n114 1,000萬' }))
  const more = await take('grant', officer, '113/7/1', { granted: '113 9億' })
  expect(isRefusal(more) && [more.code, more.field]).toEqual(['proposal.more', 'note'])
  valueOf(await take('grant', officer, '113/7/1', { granted: '113 2,000萬 配合款 250萬' }))
  const state = await findProposalState(db, null, name)
  expect([state.outcome, state.rounds, appliedTwd(state.years), grantedTwd(state.years), state.years[1]!.grantedTwd]).toEqual(['granted', 2, 35_000_000, 20_000_000, 0])
  expect([state.years[0]!.cofundingTwd, state.years[0]!.grantedCofundingTwd, state.dueOn]).toEqual([3_000_000, 2_500_000, null])
  await expect(take('reopen', officer, '113/7/2', { note: '誤登' })).rejects.toThrow(NotAllowed)
  valueOf(await take('reopen', editor, '113/7/2', { note: '誤登' }))
  valueOf(await take('refuse', officer, '113/7/3', { note: '額度用罄' }))
  expect((await findProposalState(db, null, name)).years[0]).toMatchObject({ grantedTwd: null, grantedCofundingTwd: null, cofundingTwd: 3_000_000 })
})

test('a proposal typed in late keeps its real days', async () => {
  expect(codeOf(await openProposal(at(editor, '113/9/1 09:00'), { ...input, openedOn: '113/9/2' }))).toBe('proposal.future')
  const { number: late } = valueOf(await openProposal(at(editor, '113/9/1 09:00'), { ...input, openedOn: '113/7/1' }))
  const submit = (on: string) => acts.submit!(at(officer, '113/9/1 10:00'), { name: late, on, applied: '114 1萬' })
  const refused = await submit('113/6/30')
  expect(isRefusal(refused) && refused.message).toBe('日期在開始研提（113/7/1）以前')
  valueOf(await submit('113/7/20'))
})

test('the half-year of the report has one proposal and two smart-city applications', async () => {
  const rows = makeCentralProposals(day('2026-11-29'))
  for (const unit of new Set(rows.flatMap((row) => [row.提案單位!, ...row.協助單位!.split('、')]))) if (!['工務處', '行政處'].includes(unit)) await makeUnit(db, unit)
  const run = (of: Record<string, string>[]) => importTables(db, [rowsFile(proposalsImporter, 'proposals.csv', of)], [proposalsImporter], {})
  expect((await run(rows)).errors).toEqual([])
  expect((await run(rows)).messages.join()).toContain(`原本就有 ${rows.length} 筆`)
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const figure = (id: string) => figures.find((each) => each.id === id)!
  const value = async (id: string) => (await figureValue(db, figure(id), span)).value
  expect([await value('proposals.to_central'), await value('smart.proposals'), await value('proposals.granted_twd')]).toEqual([1, 2, 8_500_000])
  expect((await figureCases(db, figure('smart.proposals'), span)).map(({ title }) => title).toSorted()).toEqual(['AI精準健康共照服務及聊天推送機器人', '全家寶智慧健康服務整合計畫'])
  const wrong = await run([{ ...rows[0]!, 案號: '提109-000077', 申請經費: '', 再提送日期: '' }])
  for (const part of ['申請經費: 提送了就要填', '再提送日期: 修正後再提送才會核定']) expect(wrong.errors.join('\n')).toContain(part)
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
}, 60_000)
