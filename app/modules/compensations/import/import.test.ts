import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { importRows, makeLawOffice } from '../../../../test/support/law-office.ts'
import { read } from '../../../core/db.ts'
import { figureCases, figureValues } from '../../../core/figures/compute.ts'
import { type Day, day } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { figures } from '../figures.ts'
import { compensationsImporter } from './importer.ts'

const { db } = await createTestDatabase()
await makeLawOffice(db)
const base = { 收件方式: '書面郵寄', 案由: '坑洞跌倒受傷', 請求權人: '王示範', 請求金額: '50000', 賠償義務機關: '工務處', 請求依據: '公共設施', 承辦單位: '法制科' }
const refused = { ...base, 案號: '賠110-000001', 收件日期: '110/4/1', 結果: '拒絕賠償', 結果日期: '110/4/30', 拒絕原因: '無賠償義務', 委員會決議: '是' }
const agreed = { ...base, 案號: '賠109-000007', 收件日期: '110/3/2', 第一次協議期日: '110/3/29', 結果: '協議成立', 結果日期: '110/5/10', 協議金額: '30000', 支付日期: '110/6/1', 支付金額: '30000' }
const late = { ...base, 案號: '賠110-000002', 收件日期: '110/9/30', 賠償義務機關: '環境保護局', 結果: '拒絕賠償', 結果日期: '110/11/2' }
const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
const valuesOn = async (statusOn: Day, asOf: Date | null = null) => {
  const values = await read(db, (reader) => figureValues(reader, figures, { ...span, statusOn, asOf }), asOf)
  return Object.fromEntries(Object.entries(values).map(([id, { value }]) => [id.replace('compensation.', ''), value]))
}

test('rows are played through the procedure and counted; what was decided after the status day is not there yet', async () => {
  expect((await importRows(db, compensationsImporter, [refused, agreed, late])).errors).toEqual([])
  expect(await valuesOn(span.statusOn)).toMatchObject({ received: 2, refused: 1, received_pending: 1, decided: 2, agreed: 1, open: 1, requested_twd: 100_000, paid_twd: 30_000, balance: 1 })
  expect(await valuesOn(day('2021-12-31'))).toMatchObject({ received: 2, refused: 2, open: 0 })
  // the refusal of 11-02 came after the thirtieth day, 11-01 (10-30 is a Saturday)
  expect((await figureValues(db, figures, { ...span, statusOn: day('2021-12-31') }))['compensation.in_time_rate']).toMatchObject({ value: 0.5, denominator: 2 })
  expect(await valuesOn(span.statusOn, new Date('2021-04-20T00:00+08:00'))).toMatchObject({ received: 1, refused: 0 })
})

test('the balance holds and every figure opens to as many cases as it says', async () => {
  for (const figure of figures) {
    const value = (await figureValues(db, [figure], span))[figure.id]!
    expect((await figureCases(db, figure, span)).length, figure.id).toBe(value.cases)
    expect(value.parts?.some(({ key }) => key === 'unbalanced') ?? false, figure.id).toBe(false)
  }
})

test('the same rows change nothing; another needs --update, which goes on where the case stood', async () => {
  expect((await importRows(db, compensationsImporter, [refused, agreed, late])).messages.at(-1)).toBe('國家賠償：新增 0 筆、更新 0 筆、原本就有 3 筆')
  const more = { ...agreed, 案由: '坑洞跌倒重傷', 求償: '不求償', 求償日期: '110/8/1' }
  expect((await importRows(db, compensationsImporter, [more])).errors[0]).toContain('確定要更改請加上 --update')
  expect((await importRows(db, compensationsImporter, [more], true)).errors).toEqual([])
  const row = await db.selectFrom('cases').innerJoin('compensations', 'compensations.id', 'cases.id').select(['title', 'recourse', 'stage', 'outcome']).where('number', '=', agreed.案號).executeTakeFirstOrThrow()
  expect(row).toEqual({ title: '坑洞跌倒重傷', recourse: 'none', stage: 'closed', outcome: 'agreed' })
})

test('what cannot be is said by row and column', async () => {
  const errors = (await importRows(db, compensationsImporter, [
    { ...refused, 案號: '甲', 結果日期: '' }, { ...agreed, 案號: '乙', 協議金額: '', 支付金額: '40000' }, { ...refused, 案號: '丙', 承辦單位: '沒有科' }, { ...agreed, 案號: '丁', 支付金額: '99999' }, { ...refused, 案號: '戊', 結果日期: '110/3/1' },
  ])).errors.map((line) => line.replace('compensations.csv:', ''))
  expect(errors).toEqual(expect.arrayContaining([
    '2:結果日期: 有結果就要填日期', '3:協議金額: 協議成立要填金額，或填回復原狀', expect.stringContaining('4:承辦單位: 沒有「沒有科」'), '5:支付金額: 超過應賠償的 30000', '6:結果日期: 在收件日期以前',
  ]))
})

test('imported cases can be proved like those of the house', async () => {
  for (const proof of await verifyAll(db)) expect(proof.differences, proof.what).toEqual([])
})
