import type { ActContext } from '../../../core/act.ts'
import { type Db, type Tx, write } from '../../../core/db.ts'
import { forgetDocuments } from '../../../core/documents/forget.ts'
import { defineJob } from '../../../core/jobs/jobs.ts'
import { eraseLapsedCase } from '../../../core/personal-data/erase.ts'
import { dayOf } from '../../../core/time.ts'
import { lockById, type LockedPetition, moveTo } from '../petition.ts'

/** What stands in the place of the subject of a filing that never became a case. */
export const erasedTitle = '（內容已刪除）'

/**
 * A filing that never became a case leaves its number and its events, nothing else: personal data, letter, files,
 * search text and mails go, and so do the earlier versions of its rows (個資法 §11 III). It never counted anywhere.
 */
export async function eraseFiling(tx: Tx, ctx: ActContext, petition: LockedPetition, event: 'petition.lapsed' | 'petition.withdrawn'): Promise<void> {
  const id = petition.id
  await tx.updateTable('cases').set({ title: erasedTitle, township: null, previous_id: null }).where('id', '=', id).execute()
  await tx
    .updateTable('petitions')
    .set({
      sender_name: null, sender_email: null, sender_phone: null, sender_address: null, name_hash: null, email_hash: null, phone_hash: null,
      category: null, place: null, latitude: null, longitude: null, follow_code_hash: null,
    })
    .where('id', '=', id)
    .execute()
  await tx.deleteFrom('petition_questions').where('case_id', '=', id).execute()
  await tx.deleteFrom('petition_letters').where('case_id', '=', id).execute()
  await tx.deleteFrom('case_texts').where('case_id', '=', id).execute()
  await tx.deleteFrom('mail_messages').where('case_id', '=', id).execute()
  const files = await tx.deleteFrom('case_documents').where('case_id', '=', id).returning('document_id').execute()
  await moveTo(tx, ctx, petition, 'lapsed', event)
  await eraseLapsedCase(tx, id, ['petitions'])
  await forgetDocuments(tx, files.map((file) => file.document_id))
}

/** petition-confirm-3cd is over: what was not confirmed is no case and is erased. */
export const lapseUnconfirmed = defineJob({
  name: 'petitions.lapse-unconfirmed',
  as: 'system',
  title: '刪除逾期未確認的陳情',
  every: '7 * * * *',
  run: async (db) => void (await lapseAt(db, new Date())),
})

/** How many lapsed. Each in a transaction of its own, so that one in use does not hold up the others. */
export async function lapseAt(db: Db, now: Date): Promise<number> {
  const due = await db
    .selectFrom('petitions')
    .innerJoin('cases', 'cases.id', 'petitions.id')
    .select('cases.id')
    .where('confirm_token_hash', 'is not', null)
    .where('confirmed_at', 'is', null)
    .where('confirm_until', '<=', now)
    .where('stage', '=', 'unconfirmed')
    .execute()
  let lapsed = 0
  for (const { id } of due) {
    lapsed += await write(db, async (tx) => {
      const petition = await lockById(tx, id)
      if (petition.stage !== 'unconfirmed') return 0
      await eraseFiling(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, petition, 'petition.lapsed')
      return 1
    })
  }
  return lapsed
}
