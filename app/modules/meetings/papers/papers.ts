import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { findMeeting, type HeldItem, type MeetingFile } from '../../../core/committees/queries.ts'
import type { Reader } from '../../../core/db.ts'
import { done, NotFound } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { CaseFileRow } from '../../../core/procedure/case-files.ts'
import { hearing } from '../hearing.ts'
import { visibleTo } from '../meeting.ts'
import { meetingKind, proposalKind } from '../schema.ts'
import { inOrder } from '../shown.ts'
import '../tables.ts'

/** One item with what one reads before it is treated. `note`: the reader's own. */
export type Paper = HeldItem & { unit: string | null; reason: string; proposal: string; draft: string; files: CaseFileRow[]; note: string }
export type Papers = { file: MeetingFile; papers: Paper[] }

/** The papers of a meeting for one reader, who may see the meeting: proposals with their files, drafts of regulations, earlier minutes. */
export async function findPapers(reader: Reader, person: Person, name: string): Promise<Papers> {
  const file = await findMeeting(reader, hearing, person, name)
  const { rows } = await sql<Omit<Paper, keyof HeldItem> & { id: number }>`
    select i.id, u.name as unit, coalesce(p.reason, r.reason, '') as reason, coalesce(p.proposal, '') as proposal, coalesce(r.draft, e.minutes, '') as draft, coalesce(n.text, '') as note,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'kind', d.kind, 'bytes', o.size, 'mediaType', o.media_type, 'sha256', encode(o.sha256, 'hex')) order by d.id)
        from case_documents d join documents o on o.id = d.document_id where c.kind = ${proposalKind} and d.case_id = c.id and not exists (select from case_documents later where later.replaces_id = d.id)), '[]') as files
    from committee_items i left join cases c on c.id = i.case_id and not c.confidential left join units u on u.id = c.unit_id left join meeting_proposals p on p.id = c.id left join regulations r on r.id = c.id left join committee_meetings e on e.id = c.id
      left join meeting_notes n on n.item_id = i.id and n.person_id = ${person.id} where i.meeting_id = ${file.id}`.execute(reader)
  const more = new Map(rows.map((row) => [row.id, row]))
  return { file, papers: inOrder(file.items).map((item) => ({ ...more.get(item.id)!, ...item })) }
}

/** A note of one's own beside an item, which nobody else sees; an empty one takes it away. */
export const writeNote = act('meetings.write-note', z.object({ name: z.string().max(40), item: z.coerce.number().int(), note: z.string().max(10_000, '最多 10,000 個字').transform((text) => text.replaceAll('\r\n', '\n').trim()) }), async (tx, ctx, input) => {
  const found = (await sql<{ id: number; itemId: number }>`
    select c.id, i.id as "itemId" from cases c join committee_items i on i.meeting_id = c.id join meetings h on h.id = c.id where c.kind = ${meetingKind} and c.number = ${input.name} and i.id = ${input.item} and ${visibleTo(ctx.person)}`.execute(tx)).rows[0]
  if (!found) throw new NotFound('找不到這個議案')
  if (input.note) {
    await tx.insertInto('meeting_notes').values({ meeting_id: found.id, item_id: found.itemId, person_id: ctx.person.id, text: input.note, written_at: ctx.now }).onConflict((conflict) => conflict.columns(['item_id', 'person_id']).doUpdateSet({ text: input.note, written_at: ctx.now })).execute()
  } else await tx.deleteFrom('meeting_notes').where('item_id', '=', found.itemId).where('person_id', '=', ctx.person.id).execute()
  await record(tx, ctx, 'meeting.note-written', { payload: { item: found.itemId } })
  return done()
}, { permission: 'meetings.read' })
