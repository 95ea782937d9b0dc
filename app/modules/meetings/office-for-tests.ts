import type { Db } from '../../core/db.ts'
import { isRefusal, type Result } from '../../core/errors.ts'
import { parseInstant } from '../../core/time.ts'
import { declareModules } from '../../start.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'

/** Two bureaux with their heads, the control section, and the planning section that keeps a body of its own. */
export async function makeOffice(db: Db) {
  declareModules()
  useTestKeys()
  const [works, culture, admin] = [await makeUnit(db, '工務處'), await makeUnit(db, '文化局', { kind: 'bureau' }), await makeUnit(db, '行政處')]
  const planning = await makeUnit(db, '綜合規劃科', { kind: 'section', parentId: admin })
  const relief = await db.selectFrom('meeting_bodies').select('id').where('code', '=', 'relief').executeTakeFirstOrThrow()
  await db.updateTable('meeting_bodies').set({ owner_unit_id: planning }).where('id', '=', relief.id).execute()
  await db.insertInto('meeting_body_units').values([{ body_id: relief.id, unit_id: works }, { body_id: relief.id, unit_id: planning }]).execute()
  return {
    units: { works, culture, admin, planning },
    control: await makePerson(db, '吳管考', 'control', admin), head: await makePerson(db, '李處長', 'head', works), officer: await makePerson(db, '陳承辦', 'officer', works),
    planner: await makePerson(db, '蔡規劃', 'officer', planning), curator: await makePerson(db, '周文化', 'officer', culture), law: await makePerson(db, '謝法制', 'law', admin),
  }
}

export const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
export const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : 'done')
