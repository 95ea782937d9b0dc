import { sql } from 'kysely'
import { type Db, write } from '../core/db.ts'
import { hashPassword } from '../core/identity/password.ts'
import type { Role } from '../core/identity/permissions.ts'
import { findSetting, saveSetting } from '../core/identity/settings.ts'

export const demonstrationPassword = 'windlion-demo'

/** Fills an empty database with the demonstration county; a database that has units is left alone. */
export async function loadDemonstration(db: Db, log: (line: string) => void): Promise<void> {
  if ((await findSetting(db, 'demonstration')) !== undefined) return
  const units = await db.selectFrom('units').select('id').limit(1).executeTakeFirst()
  if (units) return
  log('載入示範縣政府')
  const hash = await hashPassword(demonstrationPassword)
  await write(db, async (tx) => {
    await saveSetting(tx, 'county.name', '示範縣政府')
    await saveSetting(tx, 'demonstration', true)
    const unit = async (code: string, name: string) =>
      (await sql<{ id: number }>`with u as (select nextval(pg_get_serial_sequence('windlion.units', 'id')) as id)
        insert into units (id, code, name, kind, bureau_id) select id, ${code}, ${name}, 'department', id from u returning id`.execute(tx)).rows[0]!.id
    const admin = await unit('A01', '行政處')
    const works = await unit('A02', '工務處')
    const people: [string, string, Role, number][] = [
      ['clerk', '林示範', 'clerk', admin], ['officer', '陳示範', 'officer', works], ['chief', '黃示範', 'section-chief', works],
      ['head', '李示範', 'head', works], ['control', '吳示範', 'control', admin], ['editor', '蔡示範', 'editor', admin], ['admin', '許示範', 'administrator', admin],
    ]
    for (const [login, name, role, unitId] of people) {
      const { id } = await tx.insertInto('people').values({ login, name, email: null, password_hash: hash, locked_at: null, last_failed_at: null }).returning('id').executeTakeFirstOrThrow()
      await tx.insertInto('posts').values({ person_id: id, unit_id: unitId, role, valid_from: '2020-01-01' as never, valid_until: null }).execute()
    }
  })
}
