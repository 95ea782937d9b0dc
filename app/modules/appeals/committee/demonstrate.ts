import type { Caller } from '../../../core/act.ts'
import { findMeeting } from '../../../core/committees/queries.ts'
import { valueOf } from '../../../core/errors.ts'
import { mask } from '../../../core/masking/index.ts'
import { addDays, type Day, dayOf, startOf } from '../../../core/time.ts'
import { approveDecision } from '../decision/approve.ts'
import { draftReasons } from '../decision/paper.ts'
import { assignReviewers, recordOpinion, saveDraft } from '../decision/prepare.ts'
import { mainTextOf, type DraftClaim } from '../decision/rules.ts'
import '../decision/tables.ts'
import { recordService, sendLetter } from '../letters/acts.ts'
import { peopleOf, publishDecision } from '../publication/acts.ts'
import { hearing, meetingActs } from './hearing.ts'

type Who = { law: Caller; clerk: Caller; head: Caller }
const seats = [['示範己', '行政處處長', 'chair', 'no', 'm'], ['示範庚', '法制科科長', 'member', 'no', 'f'], ['示範辛', '律師', 'member', 'yes', 'f'], ['示範壬', '大學法律系教授', 'member', 'yes', 'm'], ['示範癸', '律師', 'member', 'yes', 'f'], ['示範子', '主計處處長', 'member', 'no', 'f']] as const

/**
 * The demonstration's 訴願審議委員會: its members; of the cases that were sent to it one is planned for the next meeting, one was decided, served and
 * published last week; and some older decisions are published. Nothing where it has members already.
 */
export async function decideSome(who: Who, now: Date): Promise<void> {
  const { db } = who.law
  if (await db.selectFrom('committee_members as m').innerJoin('committees as c', 'c.id', 'm.committee_id').select('m.id').where('c.code', '=', hearing.committee!.code).executeTakeFirst()) return
  for (const [name, title, seat, outside, gender] of seats) valueOf(await meetingActs.addMember(on(who.law, before(now, 400)), { name, title, seat, outside, gender, fromOn: '108/1/1' }))
  const waiting = await db.selectFrom('cases').select(['id', 'number']).where('kind', '=', 'appeal').where('stage', '=', 'committee').orderBy('id').execute()
  for (const { id, number } of waiting.slice(0, 2)) await prepare(who.law, id, number!, now)
  if (waiting[0]) await decide(who, waiting[0].number!, now)
  if (waiting[1]) valueOf(await meetingActs.planMeeting(on(who.law, before(now, 1)), { on: addDays(dayOf(now), 6), startsAt: '14:00', place: '第一會議室', items: [waiting[1].number!], others: '確認前次會議紀錄' }))
  await publishOlder(who.law, now)
}

async function prepare(law: Caller, caseId: number, name: string, now: Date): Promise<void> {
  const { db } = law
  const members = await db.selectFrom('committee_members as m').innerJoin('committees as c', 'c.id', 'm.committee_id').select('m.id').where('c.code', '=', hearing.committee!.code).orderBy('m.id').limit(3).execute()
  valueOf(await assignReviewers(on(law, before(now, 7)), { name, members: members.map(({ id }) => id), on: before(now, 7) }))
  const reviews = await db.selectFrom('appeal_reviews').select('id').where('case_id', '=', caseId).execute()
  for (const { id } of reviews) valueOf(await recordOpinion(on(law, before(now, 6)), { name, review: id, on: before(now, 6), opinion: '原處分未予審酌改善期限屆滿前已完成改善之事實，認定尚有未洽，宜撤銷發回另為處分。' }))
  const claims = await db.selectFrom('appeal_claims').select(['id', 'position', 'text']).where('case_id', '=', caseId).execute()
  const drafted = claims.map(({ id }): DraftClaim => ({ claim: id, outcome: 'revoked', ground: null, thenWhat: 'remanded', remandDays: 60, note: '' }))
  const each = <T>(value: T) => Object.fromEntries(claims.map(({ id }) => [id, value]))
  valueOf(await saveDraft(on(law, before(now, 6), 14), {
    name, outcomes: each('revoked'), thens: each('remanded'), days: each(60), court: 'local', facts: '緣原處分機關以訴願人違反規定為由裁處罰鍰，訴願人不服，提起訴願，並據原處分機關檢卷答辯到府。',
    reasons: draftReasons(drafted).replace('一、\n\n二、', '一、按行政機關就該管行政程序，應於當事人有利及不利之情形，一律注意（行政程序法第 9 條）。\n\n二、原處分機關對訴願人所主張之有利事實未予審酌，即為裁處，認事用法尚有未洽。'),
  }))
}

async function decide({ law, clerk, head }: Who, name: string, now: Date): Promise<void> {
  const meeting = valueOf(await meetingActs.planMeeting(on(law, before(now, 6), 15), { on: before(now, 5), startsAt: '14:00', place: '第一會議室', sitting: 11, items: [name] })).number
  const { people, items } = await findMeeting(law.db, hearing, law.person!, meeting)
  valueOf(await meetingActs.recordMeeting(on(law, before(now, 5), 17), { name: meeting, next: 'finish', endsAt: '15:10', attendance: Object.fromEntries(people.map(({ id }, i) => [id, i === 5 ? 'leave' : 'present'])), decisions: Object.fromEntries(items.map(({ id }) => [id, 'as-drafted'])) }))
  valueOf(await approveDecision(on(head, before(now, 4)), { name, on: before(now, 4), documentNo: '府訴決字第1號', head: '縣長　示範甲' }))
  const originals = await law.db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select(['appeal_letters.id', 'party_id']).where('number', '=', name).where('appeal_letters.kind', '=', 'decision').execute()
  for (const { id } of originals) valueOf(await sendLetter(on(clerk, before(now, 3)), { name, letter: id, on: before(now, 3), documentNo: '府訴決字第1號' }))
  for (const { id } of originals.filter(({ party_id: party }) => party !== null)) valueOf(await recordService(on(clerk, before(now, 1)), { name, letter: id, on: before(now, 2), kind: '送達' }))
  await publish(law, name, now)
}

/** Masked copies of older decisions, whose texts the files that were taken over do not hold: invented here. */
async function publishOlder(law: Caller, now: Date): Promise<void> {
  const older = await law.db.selectFrom('appeals as a').innerJoin('cases as c', 'c.id', 'a.id').select('c.number').where('a.dispatched_on', 'is not', null).where('c.import_id', 'is not', null).where('c.confidential', '=', false).orderBy('a.decided_on', 'desc').limit(24).execute()
  for (const { number } of older) await publish(law, number!, now)
}

async function publish(law: Caller, name: string, now: Date): Promise<void> {
  const { db } = law
  const appeal = await db.selectFrom('cases as c').innerJoin('appeals as a', 'a.id', 'c.id').select(['c.id', 'c.title', 'a.agency']).where('c.number', '=', name).executeTakeFirstOrThrow()
  const decided = await db.selectFrom('appeal_decisions').select(['main', 'facts', 'reasons']).where('id', '=', appeal.id).executeTakeFirst()
  const claims = await db.selectFrom('appeal_claims').selectAll().where('case_id', '=', appeal.id).orderBy('position').execute()
  const drafted = claims.map((one): DraftClaim => ({ claim: one.id, outcome: one.outcome!, ground: /[①-⑧]/.exec(one.basis ?? '')?.[0] ?? null, thenWhat: one.then_what ?? (one.outcome === 'revoked' ? 'none' : null), remandDays: one.remand_days, note: one.outcome === 'dismissed-unlawful' ? '原處分違法' : '' }))
  const papers = await db.selectFrom('appeal_papers').select('text').where('case_id', '=', appeal.id).orderBy('id').execute()
  const people = await peopleOf(db, appeal.id)
  const clean = (text: string) => mask(text, people).text
  valueOf(await publishDecision({ ...law, now }, {
    name, title: clean(appeal.title), main: clean(decided?.main ?? mainTextOf(claims, drafted)), reviewed: 'yes',
    facts: clean(decided?.facts ?? `緣訴願人${appeal.title}，不服${appeal.agency}所為之處分，提起訴願，主張略以：${papers[0]?.text ?? ''}`),
    reasons: clean(decided?.reasons ?? draftReasons(drafted).replace('一、\n\n二、', '一、按訴願人主張之事實，應依卷內證據認定之。\n\n二、本府訴願審議委員會審酌雙方主張及卷附資料，決議如主文。')),
  }))
}

const before = (now: Date, days: number): Day => addDays(dayOf(now), -days)
/** The same person at that hour of that day, as one who has just shown who they are. */
const on = (caller: Caller, day: Day, hour = 10): Caller => ({ ...caller, now: new Date(startOf(day).getTime() + hour * 3_600_000) })
