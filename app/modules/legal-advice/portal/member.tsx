import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, isRefusal, NotFound, refusal } from '../../../core/errors.ts'
import { findMember, memberCookie, type MemberCases } from '../../../core/identity/members.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { get, type PageRequest, post, redirect, type Route } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { timeWords } from '../booking/words.ts'
import { memberPath, minePath } from '../paths.ts'
import { adviceKind, type Outcome, outcomes, type Stage, stages } from '../schema.ts'
import { advicePage } from './page.tsx'

/** Consultations that were booked with the address which the member has shown to be theirs. Its title says nothing, as everywhere. */
export const memberCases: MemberCases = async (reader, member, most) => {
  const rows = await reader.selectFrom('advice_bookings').innerJoin('cases', 'cases.id', 'advice_bookings.case_id').select(['number', 'stage', 'outcome', 'filed_at'])
    .where('cases.kind', '=', adviceKind).where('email_hash', 'in', personalHashes('email', member.email)).orderBy('filed_at', 'desc').limit(most).execute()
  return rows.map((row) => ({ number: row.number!, title: '法律諮詢', state: row.outcome ? outcomes[row.outcome as Outcome] : stages[row.stage as Stage], at: row.filed_at, path: memberPath(row.number!) }))
}

async function findOwn({ db, cookies, params }: PageRequest) {
  const member = await findMember(db, cookies[memberCookie])
  const own = member && (await db.selectFrom('advice_bookings').innerJoin('cases', 'cases.id', 'advice_bookings.case_id').select(['advice_bookings.id', 'number', 'stage', 'outcome', 'slot_at']).where('cases.kind', '=', adviceKind)
    .where('number', '=', params.number ?? '').where('email_hash', 'in', personalHashes('email', member.email)).executeTakeFirst())
  if (!own) throw new NotFound()
  return own
}

/** A link to one's own booking, as the mails carry it: the old ones stay good. */
const openLink = act('legal-advice.member-link', z.object({ booking: z.number().int() }), async (tx, _ctx, { booking }) => {
  const token = randomBytes(24).toString('base64url')
  const there = await tx.selectFrom('advice_bookings').select('id').where('id', '=', booking).where('case_id', 'is not', null).executeTakeFirst()
  if (!there) return refusal('advice.unknown', '這個連結不完整，或預約已經刪除')
  await tx.insertInto('advice_links').values({ token_hash: tokenHash(token), booking_id: booking }).execute()
  return done({ token })
}, { by: 'public' })

export const routes: Route[] = [
  get(memberPath(':number'), 'public', async (request) => {
    const own = await findOwn(request)
    return advicePage(request, {
      title: `法律諮詢 ${own.number}`, crumb: '我的預約',
      children: (
        <>
          <h1>法律諮詢</h1>
          <p class="lead">{own.outcome ? outcomes[own.outcome as Outcome] : stages[own.stage as Stage]}{own.slot_at && `，${timeWords(own.slot_at)}`}</p>
          <Form action={memberPath(own.number!)} formKey={randomUUID()}><Button>看細節、取消或加入行事曆</Button></Form>
          <p><a href="/my">回我的案件</a></p>
        </>
      ),
    })
  }, { limit: 60 }),
  post(memberPath(':number'), 'public', async (request) => {
    const result = await openLink(request.caller, { booking: (await findOwn(request)).id })
    return isRefusal(result) ? redirect('/my', result.message) : redirect(minePath(result.value.token))
  }, { limit: 20 }),
]
