import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { findSetting } from '../identity/settings.ts'
import { queueMail, refuseAddress } from '../mail/outbox.ts'
import { namePurposes } from '../mail/purposes.ts'
import { type Day, rocDay } from '../time.ts'
import { bodyOf, makeCalendarFile } from './calendar-file.ts'
import { type Hearing, meetingPath } from './hearing.ts'
import { lockMeeting, requirePlanned } from './lock.ts'
import { findHeld, type HeldMeeting } from './queries.ts'
import { modes } from './words.ts'

namePurposes({ 'meeting.invitation': '開會通知' })

export type Reached = { unitId: number; unit: string; head: string; email: string }

/** The heads of the units that sit, as of a day, and where a mail reaches them. Units without a head or an address are left out. */
export async function findReached(reader: Reader, meetingId: number, on: Day): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    select distinct on (u.id) u.id as "unitId", u.name as unit, p.name as head, p.email from committee_attendance a join units u on u.id = a.unit_id
    join posts t on t.unit_id = u.id and t.role = 'head' and t.valid_from <= ${on}::date and (t.valid_until is null or t.valid_until >= ${on}::date) join people p on p.id = t.person_id
    where a.meeting_id = ${meetingId} and p.email is not null and p.locked_at is null order by u.id, t.id`.execute(reader)
  return rows.filter(({ email }) => !refuseAddress(email))
}

const Invite = z.object({
  name: z.string().max(40), origin: z.string().max(200),
  units: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int())),
  addresses: z.string().max(5000).default('').transform((text) => [...new Set(text.split(/[\n,，;；]/).map((one) => one.trim()).filter(Boolean))]),
  words: z.string().trim().max(2000, '最多 2,000 個字').default(''),
})

/** 開會通知 by mail, each to one address, with the agenda as it stands and the meeting as a file for calendars; the day counts as that of the invitation. */
export const inviteByMailAct = (hearing: Hearing) => act(`${hearing.kind}.invite-by-mail`, Invite, async (tx, ctx, input): Promise<Result<{ count: number }>> => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const no = requirePlanned(meeting)
  if (no) return no
  if (ctx.today > meeting.heldOn) return refusal('meeting.invited', '開會日期已經過了', { field: 'invite-units' })
  const wrong = input.addresses.find((one) => refuseAddress(one))
  if (wrong) return refusal('mail.bad-address', `「${wrong}」無法寄信，請檢查是否打錯`, { field: 'addresses' })
  const heads = (await findReached(tx, meeting.id, ctx.today)).filter(({ unitId }) => input.units.includes(unitId))
  const to = [...new Set([...heads.map(({ email }) => email), ...input.addresses])]
  if (!to.length) return refusal('meeting.nobody-invited', '請選擇要寄給哪些單位，或填電子郵件地址', { field: 'invite-units' })
  const version = await markSent(tx, meeting.id, ctx.today)
  const held = await findHeld(tx, meeting.id)
  const label = bodyOf(held.title)
  const url = `${input.origin}${meetingPath(hearing, meeting.number)}`
  const attachments = [await makeCalendarFile(tx, ctx, meeting, held, url)]
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  const text = letter(held, { label, number: meeting.number, version, words: input.words, url, county })
  for (const one of to) await queueMail(tx, { to: one, subject: `開會通知${version > 1 ? `（議程第 ${version} 版）` : ''}：${rocDay(meeting.heldOn)} ${label}`, text, purpose: 'meeting.invitation', caseId: meeting.id, attachments })
  await record(tx, ctx, `${hearing.kind}.invited`, { caseId: meeting.id, payload: { on: ctx.today, mails: to.length } })
  return done({ count: to.length })
}, { permission: hearing.manage })

/** The invitation and the newest version of the agenda went out on this day. Gives that version. */
export async function markSent(tx: Parameters<typeof lockMeeting>[0], meetingId: number, on: Day): Promise<number> {
  await tx.updateTable('committee_meetings').set({ invited_on: on }).where('id', '=', meetingId).execute()
  const { version } = await tx.selectFrom('committee_agendas').select(({ fn }) => fn.max('version').as('version')).where('meeting_id', '=', meetingId).executeTakeFirstOrThrow()
  await tx.updateTable('committee_agendas').set({ sent_on: on }).where('meeting_id', '=', meetingId).where('version', '=', version).execute()
  return version
}

function letter(held: HeldMeeting, { label, number, version, words, url, county }: { label: string; number: string; version: number; words: string; url: string; county: string }): string {
  const agenda = held.items.map(({ number: no, subject }, i) => `${i + 1}. ${no ? `${no} ` : ''}${subject}`)
  return [
    '您好：', `謹訂於 ${rocDay(held.heldOn)} ${held.startsAt} 召開${label}，請準時出席。`,
    [`地點：${held.place}${held.mode === 'on-site' ? '' : `（${modes[held.mode]}）`}`, `主持人：${held.chair}`, `案號：${number}`].join('\n'),
    [`議程（第 ${version} 版）：`, ...agenda].join('\n'), ...(words ? [words] : []),
    `會議資料：${url}\n附檔可以加到行事曆。`, `${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`,
  ].join('\n\n')
}
