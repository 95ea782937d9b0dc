import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { type Db, write } from '../../core/db.ts'
import { saveSetting } from '../../core/identity/settings.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { parseInstant } from '../../core/time.ts'
import { declareModules } from '../../start.ts'
import './tables.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>

/** The law section, the desk, a township office and an agency of the county, each with its people. */
export async function makeOffice(db: Db) {
  declareModules()
  useTestKeys()
  await openJobs(db)
  await write(db, (tx) => saveSetting(tx, 'county.name', '示範縣政府'))
  const admin = await makeUnit(db, '行政處')
  const lawSection = await makeUnit(db, '法制科', { kind: 'section', parentId: admin })
  const township = await makeUnit(db, '金湖鎮公所', { kind: 'township' })
  const tax = await makeUnit(db, '稅務局', { kind: 'bureau' })
  return {
    units: { admin, lawSection, township, tax },
    law: await makePerson(db, '謝法制', 'law', lawSection),
    clerk: await makePerson(db, '林收發', 'clerk', admin),
    head: await makePerson(db, '方處長', 'head', admin),
    mayor: await makePerson(db, '高鎮長', 'head', township),
    agency: await makePerson(db, '陳公所', 'officer', township),
    stranger: await makePerson(db, '周稅務', 'officer', tax),
  }
}
export type Office = Awaited<ReturnType<typeof makeOffice>>

export const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })

/** The form of an appeal against the township office, as the desk fills it. */
export const filing = (office: Office, more: Record<string, string> = {}): Record<string, string> => ({
  channel: 'paper', form: 'appeal', ground: 'disposition', title: '因違章建築事件', agencyKind: 'township', agencyUnitId: String(office.units.township), dispositionNo: '湖建字第1130001號', dispositionOn: '113/7/15', servedOn: '113/7/16', serviceKind: '送達',
  residence: '金門縣', claims: '原處分撤銷\n請求退還已繳罰鍰', facts: '處分認定事實有誤。', receivedOn: '113/8/5', signed: 'yes', isPerson: 'yes', name: '王示範', bornOn: '60/1/1', idNumber: 'A123456789', address: '示範縣金湖鎮示範路1號', email: 'resident1@example.org',
  unitId: String(office.units.lawSection), ...more,
})
