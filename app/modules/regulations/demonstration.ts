import type { Caller } from '../../core/act.ts'
import { write } from '../../core/db.ts'
import { valueOf } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { personalHash, seal } from '../../core/personal-data/index.ts'
import { addDays, type Day, dayOf, startOf } from '../../core/time.ts'
import { paperOdt } from '../../core/reports/paper/odt.ts'
import { saveAttachments } from './attachments.ts'
import { endLaw, setLastDay } from './end-law.ts'
import { proposeRegulation } from './propose.ts'
import type { StepId } from './steps.ts'
import './tables.ts'
import { stepActs } from './take-step.ts'

export { holdMeetings } from './meetings/demonstrate.ts'

export type DemoProposal = { title: string; text: string; penalty: boolean; reason: string; /** how far it has come */ lastStep: string; /** a 附件 of it: name and lines */ attachment?: readonly [name: string, ...lines: string[]] }

/** Each way on, with how many days before today; a proposal goes along it until its last step. */
const road: [StepId | 'drafting' | 'review' | 'council', number][] = [
  ['drafting', 90], ['announce', 60], ['to-review', 22], ['review', 22], ['review-passed', 18], ['county-passed', 14], ['first-reading', 10], ['council', 10], ['second-reading', 8], ['third-reading', 7], ['letter-received', 5],
]

/** Proposals in the hands of the demonstration's officer and its law section, as if worked on over the last weeks. */
export async function proposeSome(who: { officer: Caller; law: Caller }, now: Date, proposals: readonly DemoProposal[]): Promise<void> {
  const known = new Set((await who.law.db.selectFrom('regulations').select('name').execute()).map(({ name }) => name))
  for (const proposal of proposals.filter(({ title }) => !known.has(title))) {
    const post = who.officer.person!.posts[0]!
    const { number } = valueOf(await proposeRegulation(on(who.officer, dayBefore(now, road[0]![1])), {
      title: proposal.title, text: proposal.text, reason: proposal.reason, penalty: proposal.penalty ? 'yes' : '', category: '工務交通', instrument: 'ordinance', change: 'enact', unitId: post.unitId,
    }))
    if (proposal.attachment) valueOf(await saveAttachments(on(who.officer, dayBefore(now, road[0]![1])), { name: number, files: [fileOf(proposal.attachment, dayBefore(now, road[0]![1]))] }))
    for (const [step, days] of road) {
      if (step in stepActs) {
        const day = dayBefore(now, days)
        valueOf(await stepActs[step as StepId](on(who.law, day), { name: number, on: day, days: proposal.lastStep === 'announce' ? 90 : 14 }))
      }
      if (step === proposal.lastStep) break
    }
    if (proposal.lastStep === 'announce') await addComments(who.law, number, now)
  }
}

function fileOf([name, ...lines]: readonly [string, ...string[]], day: Day) {
  return { name: `${name}.odt`, mediaType: 'application/vnd.oasis.opendocument.text', bytes: paperOdt({ title: name, on: day, lines: lines.map((text) => ({ style: 'plain', text })) }) }
}

/** A 限時法規 whose last day comes, and an article that was declared void. What is there already is left alone. */
export async function endSome(law: Caller, now: Date, { lasting, voided }: { lasting: string; voided: { name: string; article: string; on: Day } }): Promise<void> {
  const find = (name: string) => law.db.selectFrom('laws').select(['id', 'code', 'ends_on']).where('name', '=', name).executeTakeFirst()
  const temporary = await find(lasting)
  if (temporary && temporary.ends_on === null) valueOf(await setLastDay({ ...law, now }, { code: temporary.code, endsOn: addDays(dayOf(now), 75) }))
  const other = await find(voided.name)
  const known = other && (await law.db.selectFrom('law_changes').select('id').where('law_id', '=', other.id).where('kind', '=', 'void-articles').executeTakeFirst())
  if (other && !known) valueOf(await endLaw({ ...law, now }, { code: other.code, how: 'void-articles', on: voided.on, articles: voided.article, documentNo: '示部字第1號', note: '該條之規定牴觸中央法規，經中央主管機關函告無效。' }))
}

const dayBefore = (now: Date, days: number): Day => addDays(dayOf(now), -days)
/** The same person on another day, in the morning. */
const on = (caller: Caller, day: Day): Caller => ({ ...caller, now: new Date(startOf(day).getTime() + 36_000_000) })

const comments: [string, string | null][] = [
  ['建議第三條的申請期限改為三日前，社區辦小型活動常常來不及。', '小型活動另以備查方式辦理，將於第三條增列但書。'],
  ['使用費是否可以分期繳納？', null],
]

/** Comments as residents would have sent and confirmed them; one was answered. */
async function addComments(law: Caller, number: string, now: Date): Promise<void> {
  await write(law.db, async (tx) => {
    const { id: caseId } = await tx.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirstOrThrow()
    for (const [i, [text, answer]] of comments.entries()) {
      const at = startOf(dayBefore(now, 30 - i * 5))
      const { id } = await tx
        .insertInto('regulation_comments')
        .values({ case_id: caseId, name: seal('王示範'), email: seal(`resident${i + 1}@example.org`), email_hash: personalHash('email', `resident${i + 1}@example.org`), text, filed_at: at, confirm_token_hash: null, confirm_until: null, confirmed_at: at, answer, answered_at: answer ? at : null, published: answer !== null })
        .returning('id')
        .executeTakeFirstOrThrow()
      await record(tx, { person: null, onBehalfOf: null, now: at, today: dayOf(at) }, 'regulation.commented', { caseId, payload: { comment: id } })
    }
  })
}
