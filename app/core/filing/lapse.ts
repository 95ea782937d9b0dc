import { type Db, type Tx, write } from '../db.ts'
import { forgetDocuments } from '../documents/forget.ts'
import { record } from '../events/record.ts'
import { defineJob, type Job } from '../jobs/jobs.ts'
import { eraseHistory, eraseLapsedCase } from '../personal-data/erase.ts'
import '../procedure/tables.ts'
import { dayOf } from '../time.ts'
import type { FilingKind } from './filing.ts'

/** What was not confirmed in time never became a case and is erased, every hour. */
export function lapseJob(of: FilingKind): Job<any> {
  return defineJob({ name: `${of.noun}.lapse-unconfirmed`, as: 'system', title: `刪除逾期未確認的${of.title}`, every: '11 * * * *', run: async (db) => void (await lapseFilings(db, of, new Date())) })
}

/** How many lapsed. Each in a transaction of its own, so that one in use does not hold up the others. */
export async function lapseFilings(db: Db, of: FilingKind, now: Date): Promise<number> {
  const due = await db.selectFrom('case_filings').innerJoin('cases', 'cases.id', 'case_filings.id').select('cases.id').where('cases.kind', '=', of.kind).where('confirmed_at', 'is', null).where('confirm_until', '<=', now).where('stage', '=', 'unconfirmed').execute()
  let lapsed = 0
  for (const { id } of due) lapsed += await write(db, (tx) => erase(tx, of, id, now))
  return lapsed
}

/** Its number and its events stay, nothing else: parties, words, files and mails go with their earlier versions (個資法 §11 III). It never counted anywhere. */
async function erase(tx: Tx, of: FilingKind, id: number, now: Date): Promise<number> {
  const still = await tx.selectFrom('cases').select('id').where('id', '=', id).where('stage', '=', 'unconfirmed').forUpdate().executeTakeFirst()
  if (!still) return 0
  await tx.updateTable('cases').set({ title: '（內容已刪除）', stage: 'lapsed' }).where('id', '=', id).execute()
  await of.erase(tx, id)
  await tx.deleteFrom('case_filings').where('id', '=', id).execute()
  await tx.updateTable('case_parties').set({ represents_id: null }).where('case_id', '=', id).execute()
  await tx.deleteFrom('case_parties').where('case_id', '=', id).execute()
  await tx.deleteFrom('case_texts').where('case_id', '=', id).execute()
  await tx.deleteFrom('mail_messages').where('case_id', '=', id).execute()
  const files = await tx.deleteFrom('case_documents').where('case_id', '=', id).returning('document_id').execute()
  await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, `${of.noun}.lapsed`, { caseId: id, fromStage: 'unconfirmed', toStage: 'lapsed' })
  await eraseLapsedCase(tx, id, of.tables)
  await eraseHistory(tx, 'case_filings', 'id', id)
  await eraseHistory(tx, 'case_parties', 'case_id', id)
  await forgetDocuments(tx, files.map((file) => file.document_id))
  return 1
}
