import { z } from 'zod'
import { act, type Act, type StaffContext } from '../../act.ts'
import { handsIn } from '../../cases/hands.ts'
import { effectOf } from '../../clocks/rules/service-delays.ts'
import { dayField } from '../../day-fields.ts'
import type { Tx } from '../../db.ts'
import { done, isRefusal, NotAllowed, NotFound, refusal, type Refusal, type Result } from '../../errors.ts'
import { record } from '../../events/record.ts'
import { tellFiler } from '../../filing/filing.ts'
import { findSetting } from '../../identity/settings.ts'
import { may } from '../../identity/permissions.ts'
import { namePurposes } from '../../mail/purposes.ts'
import { seal } from '../../personal-data/index.ts'
import { type Day, rocDay } from '../../time.ts'
import { stepInput } from '../answers.ts'
import { findParties } from '../parties.ts'
import { stepsOfCase, type ShownStep } from '../shown.ts'
import { nameOf, refuseDay, refuseStep, type StepState, stepOf, stepsOf } from '../step.ts'
import type { Answers, LetterSection } from '../tables.ts'
import { lockFor, takeStep } from '../take-step.ts'
import { sql } from 'kysely'
import { answeredByService, asksWith, type LetterKind, type Letters, kindsOf, serviceKinds, stepWith, takesStep, valuesOf } from './letter.ts'
import { printedOf } from './paper.ts'
import { type CaseLetter, findLetters } from './queries.ts'

const lines = z.string().optional().transform((text) => [...new Set((text ?? '').split('\n').map((line) => line.trim()).filter(Boolean))]).refine((all) => all.length <= 20 && all.every((line) => [...line].length <= 100), '每一行最多 100 個字，最多 20 行')
const choices = z.record(z.string(), z.enum(['original', 'copy', ''])).default({})
const named = { name: z.string().min(1).max(40), letter: z.coerce.number().int().positive() }
const whom = { parties: choices, others: lines, othersCc: lines }

export type LetterActs = {
  draft: Act<Record<string, unknown>, { letter: number }>
  save: Act<Record<string, unknown>, undefined>
  discard: Act<Record<string, unknown>, undefined>
  issue: Act<Record<string, unknown>, { step: string | null }>
  serve: Act<Record<string, unknown>, { effectiveOn: Day; step: string | null; not: string | null }>
}

/** Drafting, changing, issuing a letter, and noting its service. */
export function letterActs<State extends StepState>(letters: Letters<State>): LetterActs {
  const { procedure, draft, issue } = letters
  const { noun } = procedure
  namePurposes({ [`${noun}.letter`]: '文書通知' })
  return {
    draft: act(`${noun}.draft-letter`, z.looseObject({ name: z.string().max(40), kind: z.string().max(40), ...whom }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, draft)
      const kind = kindOf(letters, state, input.kind)
      if (!kind) return refusal('letter.not-now', '這件現在不用這種文書')
      const answered = await askedOf(letters, kind, state, ctx, input)
      if (isRefusal(answered)) return answered
      const [parties, county] = [await findParties(tx, state.id), await countyName(tx)]
      const steps = await stepsTaken(tx, state.id)
      const sections = await kind.sections({ reader: tx, state, parties, steps, answers: answered.value ?? answersOf(steps, stepWith(kind)), county, today: ctx.today })
      const { id } = await tx.insertInto('case_letters').values({ case_id: state.id, kind: input.kind, title: kind.title, sections: JSON.stringify(sections) as never, answers: answered.value && (JSON.stringify(answered.value) as never), drafted_by: ctx.person.id, document_no: null, issued_on: null, issued_by: null, printed: null }).returning('id').executeTakeFirstOrThrow()
      const no = await writeCopies(tx, state.id, id, kind, parties.map((party) => party.id), input)
      if (no) return no
      await record(tx, ctx, `${noun}.letter-drafted`, { caseId: state.id, payload: { letter: id, what: input.kind } })
      return done({ letter: id })
    }, { permission: draft }) as never,

    save: act(`${noun}.save-letter`, z.object({ ...named, ...whom, texts: z.record(z.string(), z.string().max(100_000, '最多 100,000 個字')) }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, draft)
      const letter = await letterOf(tx, state.id, input.letter)
      if (letter.issuedOn) return refusal('letter.issued', '已經核發，不能再改')
      const sections = letter.sections.map(({ title }, i): LetterSection => ({ title, text: (input.texts[i] ?? '').replaceAll('\r\n', '\n').trim() }))
      await tx.updateTable('case_letters').set({ sections: JSON.stringify(sections) as never, drafted_by: ctx.person.id }).where('id', '=', letter.id).execute()
      await tx.deleteFrom('case_letter_copies').where('letter_id', '=', letter.id).execute()
      const no = await writeCopies(tx, state.id, letter.id, letters.kinds[letter.kind], (await findParties(tx, state.id)).map((party) => party.id), input)
      if (no) return no
      await record(tx, ctx, `${noun}.letter-drafted`, { caseId: state.id, payload: { letter: letter.id, what: letter.kind } })
      return done()
    }, { permission: draft }) as never,

    discard: act(`${noun}.discard-letter`, z.object(named), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, draft)
      const letter = await letterOf(tx, state.id, input.letter)
      if (letter.issuedOn) return refusal('letter.issued', '已經核發，不能捨棄')
      await tx.deleteFrom('case_letter_copies').where('letter_id', '=', letter.id).execute()
      await tx.deleteFrom('case_letters').where('id', '=', letter.id).execute()
      await record(tx, ctx, `${noun}.letter-discarded`, { caseId: state.id, payload: { letter: letter.id, what: letter.kind } })
      return done()
    }, { permission: draft }) as never,

    issue: act(`${noun}.issue-letter`, z.object({ ...named, on: dayField('請填發文日期，例如 110/4/1'), documentNo: z.string().trim().min(2, '請填文號').max(100, '文號最多 100 個字') }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, issue)
      return issueLetter(letters, tx, ctx, state, input)
    }, { permission: issue }) as never,

    serve: act(`${noun}.serve-letter`, z.object({ ...named, copy: z.coerce.number().int().positive(), on: dayField('請填送達、寄存或公告的日期'), kind: z.enum(serviceKinds, { error: '請選擇怎麼送達' }), proof: z.string().trim().max(200, '最多 200 個字').optional() }), async (tx, given, input) => {
      const { state, ctx } = await lockFor(procedure, tx, given, input.name, draft)
      return serveCopy(letters, tx, ctx, state, input)
    }, { permission: draft }) as never,
  }
}

/** Checked by a second person: who drafted or changed it does not issue it, nor anybody for them. Its step is taken, and its parties learn of it. */
async function issueLetter<State extends StepState>(letters: Letters<State>, tx: Tx, ctx: StaffContext, state: State, input: { letter: number; on: Day; documentNo: string }): Promise<Result<{ step: string | null }>> {
  const { procedure } = letters
  const { noun } = procedure
  const letter = await letterOf(tx, state.id, input.letter)
  if (letter.issuedOn) return refusal('letter.issued', `已在 ${rocDay(letter.issuedOn)} 核發`)
  const no = refuseDay(procedure, state, input.on, ctx.today)
  if (no) return no
  const drafters = await handsIn(tx, state.id, [{ kind: `${noun}.letter-drafted`, key: 'letter', value: letter.id }])
  if (drafters.includes(ctx.person.id) || (ctx.onBehalfOf !== null && drafters.includes(ctx.onBehalfOf))) return refusal('letter.own-draft', '擬稿的人不能核發自己的文書，請另一位同仁核對後核發')
  if (letter.sections.every(({ text }) => !text)) return refusal('letter.empty', '文書還是空白的')
  if (!letter.copies.some(({ original }) => original)) return refusal('letter.nobody', '還沒有受文者')
  const kind = letters.kinds[letter.kind]
  const printed = (await findParties(tx, state.id)).map((party) => printedOf(party, letters.partyRoles))
  await tx.updateTable('case_letters').set({ issued_on: input.on, document_no: input.documentNo, issued_by: ctx.person.id, printed: seal(JSON.stringify(printed)) }).where('id', '=', letter.id).execute()
  if (kind?.proof || kind?.served) await tx.updateTable('case_letter_copies').set({ waits: true }).where('letter_id', '=', letter.id).where('original', '=', true).execute()
  await record(tx, ctx, `${noun}.letter-issued`, { caseId: state.id, payload: { letter: letter.id, what: letter.kind, on: input.on } })
  const step = kind?.issues && letter.answers && !(state.steps.includes(kind.issues) && !stepsOf(procedure, state).includes(kind.issues)) ? kind.issues : null // taken by hand meanwhile
  if (step && letter.answers) {
    const values = valuesOf(letter.answers, input.on, input.documentNo)
    const refused = refuseStep(procedure, step, state, input.on, values)
    if (refused) return refused
    const stage = await takeStep(tx, ctx, procedure, step, state, values)
    if (isRefusal(stage)) return stage
  }
  await tellParty(letters, tx, state, letter, input.documentNo)
  return done({ step })
}

/** A mail to whoever filed the case, where the letter goes to their side: that there is one, not what it says. */
async function tellParty<State extends StepState>({ filing }: Letters<State>, tx: Tx, state: State, letter: CaseLetter, documentNo: string): Promise<void> {
  const filer = await tx.selectFrom('case_filings').select('party_id').where('id', '=', state.id).executeTakeFirst()
  if (!filer?.party_id) return
  const side = (await findParties(tx, state.id)).filter((one) => one.id === filer.party_id || one.representsId === filer.party_id).map(({ id }) => id)
  if (!letter.copies.some(({ partyId }) => partyId !== null && side.includes(Number(partyId)))) return
  await tellFiler(tx, filing, state.id, `${letter.title}：${state.title}`, `您的${filing.title}「${state.title}」有一份${letter.title}（${documentNo}）。請用追蹤號碼 ${state.followNo} 和追蹤碼到縣政府網站查進度的地方看內容、下載。\n\n紙本會另外送達；法律上的期間從送達起算，不是從這封信。`)
}

/** The proof of one copy's service. What it means for the case is done where it still can be; the service itself is a fact and stays. */
async function serveCopy<State extends StepState>(letters: Letters<State>, tx: Tx, ctx: StaffContext, state: State, input: { letter: number; copy: number; on: Day; kind: (typeof serviceKinds)[number]; proof?: string | undefined }): Promise<Result<{ effectiveOn: Day; step: string | null; not: string | null }>> {
  const { procedure } = letters
  const letter = await letterOf(tx, state.id, input.letter)
  const copy = letter.copies.find(({ id }) => id === input.copy)
  if (!copy) throw new NotFound('找不到這一份')
  if (!letter.issuedOn) return refusal('letter.not-issued', '還沒有核發')
  if (copy.servedOn) return refusal('letter.served', `已登錄 ${rocDay(copy.servedOn)} 送達`)
  if (input.on > ctx.today) return refusal('letter.future', '日期在今天以後，送達了再登錄', { field: 'on' })
  if (input.on < letter.issuedOn) return refusal('letter.before', `送達在發文（${rocDay(letter.issuedOn)}）以前`, { field: 'on' })
  const effectiveOn = effectOf(letters.delays, input.on, input.kind)
  await tx.updateTable('case_letter_copies').set({ served_on: input.on, service_kind: input.kind, effective_on: effectiveOn, proof: input.proof || null, waits: false }).where('id', '=', copy.id).execute()
  await record(tx, ctx, `${procedure.noun}.letter-served`, { caseId: state.id, payload: { letter: letter.id, what: letter.kind, copy: copy.id, on: input.on, kind: input.kind, effectiveOn } })
  const served = letters.kinds[letter.kind]?.served
  if (!served || letter.answers === null || !copy.original) return done({ effectiveOn, step: null, not: null })
  const others = letter.copies.filter((one) => one.original && one.id !== copy.id)
  if (!served.each && others.some(({ servedOn }) => servedOn === null)) return done({ effectiveOn, step: null, not: null })
  const role = copy.partyId === null ? null : ((await findParties(tx, state.id)).find(({ id }) => id === Number(copy.partyId))?.role ?? null)
  const on = served.each ? input.on : [input.on, ...others.map(({ servedOn }) => servedOn!)].toSorted().at(-1)!
  const own = served.each?.({ role, serviceKind: input.kind })
  if (own === null) return done({ effectiveOn, step: null, not: null })
  const values = valuesOf({ ...letter.answers, serviceKind: input.kind, ...own }, on, letter.documentNo)
  const no: Refusal | null = refuseStep(procedure, served.step, state, on, values)
  if (no) return done({ effectiveOn, step: null, not: no.message })
  const stage = await takeStep(tx, ctx, procedure, served.step, state, values)
  return isRefusal(stage) ? stage : done({ effectiveOn, step: served.step, not: null })
}

function kindOf<State extends StepState>(letters: Letters<State>, state: State, id: string): LetterKind<State> | null {
  return kindsOf(letters, state).includes(id) ? letters.kinds[id]! : null
}

async function letterOf(tx: Tx, caseId: number, id: number): Promise<CaseLetter> {
  const letter = (await findLetters(tx, caseId)).find((one) => one.id === id)
  if (!letter) throw new NotFound('找不到這份文書')
  return letter
}

/** The answers of the step that goes with the letter, checked as its own form would; null where no step goes with it now. */
async function askedOf<State extends StepState>(letters: Letters<State>, kind: LetterKind<State>, state: State, ctx: StaffContext, input: Record<string, unknown>): Promise<Result<Answers | null>> {
  const { procedure } = letters
  const id = stepWith(kind)
  if (id === null || !takesStep(letters, kind, state)) return done(null)
  const step = stepOf(procedure, id)
  if (!may(ctx.person, step.permission, state)) throw new NotAllowed(step.permission)
  const asks = asksWith(kind, step)
  const parsed = stepInput(asks as never).safeParse({ ...input, name: nameOf(state), on: ctx.today })
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]))
    const [field, message] = Object.entries(fields)[0]!
    return refusal('input.invalid', message, { field, fields })
  }
  const { name: _name, on: _on, documentNo: _documentNo, note, ...answers } = parsed.data as Record<string, unknown>
  if (step.because && !note) return refusal('letter.reason', `請寫下${step.because}`, { field: 'note' })
  const all = { ...(answers as Answers), ...(note ? { note: note as string } : {}) }
  const refused = answeredByService(kind) ? null : refuseStep(procedure, id, state, ctx.today, valuesOf(all, ctx.today, null))
  // on which day it will be is known when it is issued or served
  return refused && refused.field !== 'on' ? refused : done(all)
}

async function writeCopies<State extends StepState>(tx: Tx, caseId: number, letterId: number, kind: LetterKind<State> | undefined, partyIds: readonly number[], { parties, others, othersCc }: { parties: Record<string, 'original' | 'copy' | ''>; others: string[]; othersCc: string[] }): Promise<Refusal | null> {
  const chosen = Object.entries(parties).filter(([id, how]) => how && partyIds.includes(Number(id)))
  const values = [
    ...chosen.map(([id, how]) => ({ case_id: caseId, letter_id: letterId, party_id: Number(id), addressee: null, original: how === 'original', ...unserved })),
    ...others.map((addressee) => ({ case_id: caseId, letter_id: letterId, party_id: null, addressee, original: true, ...unserved })),
    ...othersCc.map((addressee) => ({ case_id: caseId, letter_id: letterId, party_id: null, addressee, original: false, ...unserved })),
  ]
  if (!values.some(({ original }) => original)) return refusal('letter.nobody', `請選擇${kind?.title ?? '文書'}正本給誰`, { field: 'others' })
  await tx.insertInto('case_letter_copies').values(values).execute()
  return null
}
const unserved = { served_on: null, service_kind: null, effective_on: null, proof: null }

const countyName = async (tx: Tx): Promise<string> => (await findSetting<string>(tx, 'county.name')) ?? '縣政府'

/** What the step was answered when it was taken without the letter. */
function answersOf(steps: readonly ShownStep[], step: string | null): Answers {
  const taken = steps.findLast((one) => one.step === step)
  return taken ? { ...taken.answers, note: taken.note } : {}
}

async function stepsTaken(tx: Tx, caseId: number): Promise<ShownStep[]> {
  return (await sql<{ steps: ShownStep[] }>`select ${stepsOfCase} from cases c where c.id = ${caseId}`.execute(tx)).rows[0]!.steps
}
