import { officeCalendar } from '../../../core/clocks/index.ts'
import type { Tx } from '../../../core/db.ts'
import { personalHash, seal } from '../../../core/personal-data/index.ts'
import { indexCase } from '../../../core/search/search.ts'
import type { CaseToChange } from '../../../core/tabular/case-import.ts'
import type { PetitionImportRow } from './check.ts'
import type { PetitionCells } from './columns.ts'
import { dueOfImported } from './due.ts'

type Field = keyof PetitionCells
type PetitionToChange = CaseToChange<PetitionImportRow, Field>

/**
 * Changes a known petition to what the file now says, only in the columns that differ from the last import; recorded now, so
 * that what was believed before stays as it was.
 */
export async function changePetition(tx: Tx, importId: number, change: PetitionToChange, recordedAt: Date): Promise<void> {
  const before = await findBefore(tx, change.id)
  const changes = (...some: Field[]): boolean => some.some((field) => change.fields.includes(field))
  const after = { ...before, ...caseValues(change, before, changes), merged_into: changes('mergedInto') ? await mergedId(tx, change) : before.merged_into }
  if (changes('receivedAt', 'dueOn', 'extendedTo')) after.due_on = await changeDue(tx, change, before, changes, recordedAt)
  const { answer: _, extended_to: __, imported_due_on: ___, ...values } = after
  await tx.updateTable('cases').set(values).where('id', '=', change.id).execute()
  await changeDetail(tx, change, changes)
  await changeAssignments(tx, change, changes, after.closed_at, recordedAt)
  await tx.updateTable('case_clocks').set({ met_at: after.closed_at }).where('case_id', '=', change.id).where('main', '=', true).execute()
  if (changes('body')) await addLetter(tx, change, recordedAt)
  if (changes('subject', 'body', 'answer')) await indexCase(tx, change.id, [change.row.subject, change.row.body, change.row.answer ?? before.answer])
  const moved = after.stage !== before.stage
  await tx
    .insertInto('events')
    .values({
      kind: 'petition.corrected',
      happened_at: recordedAt,
      recorded_at: recordedAt,
      case_id: change.id,
      person_id: null,
      on_behalf_of: null,
      from_stage: moved ? before.stage : null,
      to_stage: moved ? after.stage : null,
      payload: JSON.stringify({ import: importId, fields: change.fields }) as never,
    })
    .execute()
}

type Changes = (...some: Field[]) => boolean
type Before = Awaited<ReturnType<typeof findBefore>>

function findBefore(tx: Tx, caseId: number) {
  return tx
    .selectFrom('cases as c')
    .innerJoin('petitions as p', 'p.id', 'c.id')
    .select(['c.title', 'c.stage', 'c.unit_id', 'c.township', 'c.received_at', 'c.registered_at', 'c.due_on', 'c.closed_at', 'c.outcome', 'c.merged_into'])
    .select(['p.answer', 'p.extended_to', 'p.imported_due_on'])
    .where('c.id', '=', caseId)
    .forUpdate('c')
    .executeTakeFirstOrThrow()
}

function caseValues({ row }: PetitionToChange, before: Before, changes: Changes): Partial<Before> {
  const isClosing = changes('closedAt', 'outcome')
  const reopened = before.stage === 'closed' ? 'dispatched' : before.stage
  return {
    ...(changes('subject') && { title: row.subject }),
    ...(changes('township') && { township: row.township }),
    ...(changes('receivedAt') && { received_at: row.receivedAt }),
    ...(changes('registeredAt') && { registered_at: row.registeredAt }),
    ...(changes('unit') && { unit_id: row.unitId }),
    ...(isClosing && {
      stage: row.closedAt ? 'closed' : reopened,
      closed_at: row.closedAt,
      // a file without 結案方式 says nothing against the one that is known
      outcome: row.closedAt ? (changes('outcome') ? row.outcome : (before.outcome ?? row.outcome)) : null,
    }),
  }
}

async function mergedId(tx: Tx, { row }: PetitionToChange): Promise<number | null> {
  if (!row.mergedInto) return null
  return (await tx.selectFrom('cases').select('id').where('number', '=', row.mergedInto).executeTakeFirstOrThrow()).id
}

/** A new due day holds from the receipt when it is a correction, from the extension when it is one. */
async function changeDue(tx: Tx, { id, row }: PetitionToChange, before: Before, changes: Changes, recordedAt: Date) {
  const due = dueOfImported({
    ...row,
    dueOn: changes('dueOn') ? row.dueOn : before.imported_due_on,
    extendedTo: changes('extendedTo') ? row.extendedTo : before.extended_to,
  })
  await tx
    .updateTable('case_clocks')
    .set({ trigger_at: row.receivedAt, due_on: due.last, because: due.because, explanation: due.explanation, calendar_version: officeCalendar.version, params: due.differs || due.extendedAt ? null : {} })
    .where('case_id', '=', id)
    .where('main', '=', true)
    .execute()
  await tx.deleteFrom('case_dues').where('case_id', '=', id).where('cause', 'in', ['received', 'imported', 'extension', 'corrected']).execute()
  await tx.insertInto('case_dues').values({ case_id: id, at: row.receivedAt, due_on: due.first, cause: 'corrected', note: '依匯入資料更正', sys_from: recordedAt }).execute()
  if (due.extendedAt) {
    await tx.insertInto('case_dues').values({ case_id: id, at: due.extendedAt, due_on: due.last, cause: 'extension', note: '依匯入資料', sys_from: recordedAt }).execute()
  }
  await tx
    .updateTable('petitions')
    .set({ imported_due_on: due.differs ? row.dueOn : null, extended_to: due.extendedAt ? due.last : null, extended_at: due.extendedAt })
    .where('id', '=', id)
    .execute()
  return due.last
}

async function changeDetail(tx: Tx, { id, row }: PetitionToChange, changes: Changes): Promise<void> {
  const values = {
    ...(changes('channel') && { channel: row.channel }),
    ...(changes('category') && { category: row.category }),
    ...(changes('senderName') && { sender_name: seal(row.senderName), name_hash: personalHash('name', row.senderName) }),
    ...(changes('senderEmail') && { sender_email: seal(row.senderEmail), email_hash: personalHash('email', row.senderEmail) }),
    ...(changes('senderPhone') && { sender_phone: seal(row.senderPhone), phone_hash: personalHash('phone', row.senderPhone) }),
    ...(changes('senderAddress') && { sender_address: seal(row.senderAddress) }),
    ...(changes('publishConsent') && { publish_consent: row.publishConsent }),
    ...(changes('answer') && { answer: row.answer }),
    ...(changes('answer', 'closedAt') && { answered_at: row.answer === null ? null : row.closedAt }),
    ...(changes('satisfaction') && { satisfaction: row.satisfaction, satisfied_at: row.satisfaction === null ? null : row.closedAt }),
  }
  if (Object.keys(values).length > 0) await tx.updateTable('petitions').set(values).where('id', '=', id).execute()
}

async function changeAssignments(tx: Tx, change: PetitionToChange, changes: Changes, closedAt: Date | null, at: Date): Promise<void> {
  // those that hold now, or held until the case was closed
  const own = tx.updateTable('assignments').where('case_id', '=', change.id).where((eb) => eb.or([eb('until_at', 'is', null), eb('ended_as', '=', 'closed')]))
  if (changes('closedAt', 'outcome')) {
    await own.set((eb) => (closedAt ? { until_at: eb.fn<Date>('greatest', [eb.val(closedAt), eb.ref('from_at')]), ended_as: 'closed' } : { until_at: null, ended_as: null })).execute()
  }
  if (changes('unit')) await own.where('role', '=', 'lead').set({ unit_id: change.row.unitId }).execute()
  if (changes('jointUnits')) await changeJointUnits(tx, change, closedAt, at)
}

async function changeJointUnits(tx: Tx, { id, row }: PetitionToChange, closedAt: Date | null, at: Date): Promise<void> {
  const joint = await tx
    .selectFrom('assignments')
    .select(['id', 'unit_id'])
    .where('case_id', '=', id)
    .where('role', '=', 'joint')
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('ended_as', '=', 'closed')]))
    .execute()
  const unwanted = joint.filter(({ unit_id }) => !row.jointUnitIds.includes(unit_id))
  const missing = row.jointUnitIds.filter((unitId) => !joint.some(({ unit_id }) => unit_id === unitId))
  for (const { id } of unwanted) await tx.deleteFrom('assignments').where('id', '=', id).execute()
  for (const unitId of missing) {
    const from = row.dispatchedAt ?? row.registeredAt
    await tx
      .insertInto('assignments')
      .values({ case_id: id, unit_id: unitId, role: 'joint', officer_id: null, from_at: from, until_at: closedAt, ended_as: closedAt && 'closed', note: '依匯入資料更正', sys_from: at })
      .execute()
  }
}

// What was written first stays beside it: letters are never changed.
async function addLetter(tx: Tx, { id, row }: PetitionToChange, recordedAt: Date): Promise<void> {
  if (row.body) await tx.insertInto('petition_letters').values({ case_id: id, kind: 'letter', text: row.body, at: row.receivedAt, recorded_at: recordedAt }).execute()
}
