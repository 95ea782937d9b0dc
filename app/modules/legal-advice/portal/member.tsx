import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, isRefusal, NotFound, refusal } from '../../../core/errors.ts'
import { findMember, memberCookie, type MemberCases } from '../../../core/identity/members.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { type Language, languages } from '../../../core/web/language.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { memberPath, minePath } from '../paths.ts'
import { adviceKind, type Outcome, type Stage } from '../schema.ts'
import { advicePage } from './page.tsx'
import { inLanguage, wordsOf } from './words/index.ts'

/** Consultations that were booked with the address which the member has shown to be theirs. Its title says nothing, as everywhere. */
export const memberCases: MemberCases = async (reader, member, most, language = 'zh') => {
  const rows = await reader.selectFrom('advice_bookings').innerJoin('cases', 'cases.id', 'advice_bookings.case_id').select(['number', 'stage', 'outcome', 'filed_at'])
    .where('cases.kind', '=', adviceKind).where('email_hash', 'in', personalHashes('email', member.email)).orderBy('filed_at', 'desc').limit(most).execute()
  return rows.map((row) => ({ number: row.number!, title: wordsOf[language].title, state: stateIn(language, row.stage, row.outcome), at: row.filed_at, path: memberPath(language, row.number!) }))
}

const ownPath = (language: Language) => (language === 'en' ? '/en/my' : '/my')
const stateIn = (language: Language, stage: string, outcome: string | null): string => (outcome ? wordsOf[language].outcomes[outcome as Outcome] : wordsOf[language].stages[stage as Stage])

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

async function show(request: PageRequest, language: Language): Promise<Reply> {
  const own = await findOwn(request)
  const words = wordsOf[language]
  const w = words.member
  return advicePage(request, language, {
    title: w.title(own.number!), crumb: words.mine.crumb, other: (other) => memberPath(other, own.number!),
    children: (
      <>
        <h1>{words.title}</h1>
        <p class="lead">{w.state(stateIn(language, own.stage, own.outcome), own.slot_at && words.time(own.slot_at))}</p>
        <Form action={memberPath(language, own.number!)} formKey={randomUUID()}><Button>{w.open}</Button></Form>
        <p><a href={ownPath(language)}>{w.back}</a></p>
      </>
    ),
  })
}

async function open(request: PageRequest, language: Language): Promise<Reply> {
  const result = await openLink(request.caller, { booking: (await findOwn(request)).id })
  return isRefusal(result) ? redirect(ownPath(language), inLanguage(language, result).message) : redirect(minePath(language, result.value.token))
}

export const routes: Route[] = languages.flatMap((language) => [
  get(memberPath(language, ':number'), 'public', (request) => show(request, language), { limit: 60 }),
  post(memberPath(language, ':number'), 'public', (request) => open(request, language), { limit: 20 }),
])
