import type { Caller } from '../../app/core/act.ts'
import type { Db } from '../../app/core/db.ts'
import { write } from '../../app/core/db.ts'
import { signingKey } from '../../app/core/events/note.ts'
import { useRecordKey } from '../../app/core/events/record-key.ts'
import { findPerson } from '../../app/core/identity/sessions.ts'
import type { Person, Role } from '../../app/core/identity/permissions.ts'
import type { UnitKind } from '../../app/core/identity/tables.ts'
import { useKeys } from '../../app/core/personal-data/index.ts'
import { recordOpening } from '../../app/core/personal-data/openings.ts'
import { createPetition, type NewPetition, registerPetition } from '../../app/modules/petitions/create.ts'
import { dayOf } from '../../app/core/time.ts'

/** Fixed keys, so that tests need no key file. */
export function useTestKeys(): void {
  useRecordKey(signingKey('test.invalid/windlion', 'MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH'))
  useKeys({ version: 1, cipherKey: Buffer.alloc(32, 7), hashKey: Buffer.alloc(32, 9) })
}

let serial = 0

export async function makeUnit(db: Db, name: string, more: { kind?: UnitKind; parentId?: number; code?: string } = {}): Promise<number> {
  serial += 1
  return write(db, async (tx) => {
    const parent = more.parentId ? await tx.selectFrom('units').select('bureau_id').where('id', '=', more.parentId).executeTakeFirstOrThrow() : null
    const { id } = await tx
      .insertInto('units')
      .values({ code: more.code ?? `U${serial}`, name, kind: more.kind ?? 'department', parent_id: more.parentId ?? null, bureau_id: parent?.bureau_id ?? 0, valid_until: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (!parent) await tx.updateTable('units').set({ bureau_id: id }).where('id', '=', id).execute()
    return id
  })
}

/** Somebody who works in a unit; returns a caller to act as them, as one who has just signed in. `now` freezes their clock. */
export async function makePerson(db: Db, name: string, role: Role, unitId: number, now?: Date): Promise<Caller & { person: NonNullable<Caller['person']> }> {
  serial += 1
  const id = await write(db, async (tx) => {
    const { id } = await tx.insertInto('people').values({ login: `p${serial}`, name, email: null, password_hash: null, locked_at: null }).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('posts').values({ person_id: id, unit_id: unitId, role, valid_from: '2000-01-01' as never, valid_until: null }).execute()
    return id
  })
  return { db, person: (await findPerson(db, id))!, session: { id: 0, proved: true }, ...(now ? { now } : {}) }
}

/** A registered petition that was received at that instant, with its clock running. */
export async function makePetition(db: Db, receivedAt: Date, more: Partial<NewPetition> = {}): Promise<{ id: number; number: string; followNo: string }> {
  return write(db, async (tx) => {
    const ctx = { person: null, onBehalfOf: null, now: receivedAt, today: dayOf(receivedAt) }
    const made = await createPetition(tx, ctx, {
      channel: 'mayor-mail',
      title: '巷口路燈不亮',
      body: '巷口的路燈已經一個星期不亮，晚上走路很危險，請派人來修。',
      sender: { name: '王示範', email: 'wang@example.org', phone: '082-000-001' },
      receivedAt,
      ...more,
    })
    const number = receivedAt ? await registerPetition(tx, ctx, made.id) : ''
    return { ...made, number }
  })
}

/** Somebody opens personal data of a case, as the office's pages do it. */
export async function makeOpening(db: Db, of: { caseId: number; person: Person; onBehalfOf?: number; purpose: string; at: Date }): Promise<void> {
  const ctx = { person: of.person, onBehalfOf: of.onBehalfOf ?? null, proved: true, now: of.at, today: dayOf(of.at) }
  await write(db, (tx) => recordOpening(tx, ctx, { event: 'petition', caseId: of.caseId, purpose: of.purpose, fields: ['name'] }))
}
