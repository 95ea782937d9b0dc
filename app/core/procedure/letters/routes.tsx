import type { RawBuilder } from 'kysely'
import { isRefusal, NotFound } from '../../errors.ts'
import { findOpen } from '../../filing/pages.tsx'
import type { Person } from '../../identity/permissions.ts'
import { may } from '../../identity/permissions.ts'
import { isOpened } from '../../personal-data/openings.ts'
import type { Paper } from '../../reports/paper/paper.ts'
import { paperReply } from '../../reports/paper/reply.ts'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../web/route.ts'
import { rocDay } from '../../time.ts'
import { findParties } from '../parties.ts'
import { nameOf, type StepState, stepOf } from '../step.ts'
import { letterActs } from './acts.ts'
import { letterPath, type Letters, lettersPath } from './letter.ts'
import { letterPage } from './letter-page.tsx'
import { newLetterPage } from './new-page.tsx'
import { letterPaper, type Printable, printedOf } from './paper.ts'
import { type CaseLetter, findLetters, findLettersFor } from './queries.ts'
import { recipientsIn } from './recipients.tsx'
import { waitingLettersPage } from './waiting-page.tsx'

/** Pages and acts of the letters of a procedure, its side of the parties included. */
export function letterRoutes<State extends StepState>(letters: Letters<State>, visibleTo: (person: Person) => RawBuilder<boolean>, acts = letterActs(letters)): Route[] {
  const { procedure, filing } = letters
  const at = `${procedure.listPath}/:name/letters`
  const named = ({ form, params }: StaffRequest) => ({ ...form, name: params.name!, letter: params.letter! })
  const here = ({ params }: StaffRequest, what?: string) => procedure.path(params.name!, `letters/${params.letter}${what ? `/${what}` : ''}`)
  return [
    get(lettersPath(letters), procedure.read, (request) => waitingLettersPage(letters, visibleTo, request)),
    get(`${at}/new/:kind`, letters.draft, (request) => newLetterPage(letters, request)),
    post(`${at}/new/:kind`, letters.draft, async (request) => {
      const result = await acts.draft(request.caller, { ...request.form, ...recipientsIn(request), name: request.params.name!, kind: request.params.kind! })
      return isRefusal(result) ? newLetterPage(letters, request, result) : redirect(procedure.path(request.params.name!, `letters/${result.value.letter}`), '已擬稿，請看內容')
    }),
    get(`${at}/:letter`, procedure.read, (request) => letterPage(letters, request)),
    post(`${at}/:letter`, letters.draft, async (request) => {
      const texts = Object.fromEntries(Object.entries(request.form).flatMap(([field, text]) => (field.startsWith('text-') ? [[field.slice(5), text]] : [])))
      const result = await acts.save(request.caller, { ...named(request), ...recipientsIn(request), texts })
      return isRefusal(result) ? letterPage(letters, request, result) : redirect(here(request), '草稿已存')
    }),
    post(`${at}/:letter/discard`, letters.draft, async (request) => {
      const result = await acts.discard(request.caller, named(request))
      return isRefusal(result) ? letterPage(letters, request, result) : redirect(procedure.path(request.params.name!), '草稿已捨棄')
    }),
    post(`${at}/:letter/issue`, letters.issue, async (request) => {
      const result = await acts.issue(request.caller, named(request))
      if (isRefusal(result)) return letterPage(letters, request, result)
      return redirect(here(request), result.value.step ? `已核發，並登錄「${stepOf(procedure, result.value.step).label}」` : '已核發')
    }),
    post(`${at}/:letter/served`, letters.draft, async (request) => {
      const result = await acts.serve(request.caller, named(request))
      if (isRefusal(result)) return letterPage(letters, request, result)
      const { step, not, effectiveOn } = result.value
      return redirect(here(request), [`已登錄送達，${rocDay(effectiveOn)} 生效`, step ? `並登錄「${stepOf(procedure, step).label}」` : '', not ? `但案件的下一步沒有登錄：${not}` : ''].filter(Boolean).join('，'))
    }),
    get(`${at}/:letter/paper.:form`, procedure.read, (request) => download(letters, request, false), { limit: 30 }),
    get(`${at}/:letter/paper.masked.:form`, procedure.read, (request) => download(letters, request, true), { limit: 30 }),
    get(`${filing.base}/follow/:followNo/letters/:letter`, 'public', async (request) => {
      const id = await findOpen(request, filing)
      const filer = id && (await request.db.selectFrom('case_filings').select('party_id').where('id', '=', id).executeTakeFirst())?.party_id
      const letter = id && filer ? (await findLettersFor(request.db, id, filer)).find((one) => String(one.id) === request.params.letter) : undefined
      if (!id || !letter) throw new NotFound('找不到這份文書')
      const state = await procedure.find(request.db, null, request.params.followNo!)
      return fileOf(letter, letterPaper(printable(letters, state, letter, request.site.county), 'online'), 'pdf', state)
    }, { limit: 20 }),
  ]
}

async function download<State extends StepState>(letters: Letters<State>, request: StaffRequest, masked: boolean): Promise<Reply> {
  const { db, person, params, query, now, site } = request
  const state = await letters.procedure.find(db, person, params.name!)
  const letter = (await findLetters(db, state.id)).find(({ id }) => String(id) === params.letter)
  const form = params.form!
  if (!letter || (form !== 'pdf' && form !== 'odt') || (!letter.issuedOn && !may(person, letters.draft, state) && !may(person, letters.issue, state))) throw new NotFound('找不到這份文書')
  if (!masked && !(await isOpened(db, person, state.id, query.opened, now))) return redirect(letterPath(letters, state, letter.id), '請先選用途，再開啟正本')
  // a draft shows the parties as they are now
  const parties = letter.printed ?? (await findParties(db, state.id)).map((party) => printedOf(party, letters.partyRoles))
  const paper = letterPaper(printable(letters, state, { ...letter, printed: parties }, site.county, request.today), masked ? 'masked' : 'whole')
  return fileOf(letter, paper, form, state, masked ? '-去識別化' : '')
}

/** Parties stand at the foot by their role, so that a masked copy needs no second look there. */
function printable<State extends StepState>(letters: Letters<State>, state: State, letter: CaseLetter, county: string, today = letter.issuedOn!): Printable {
  const parties = letter.printed ?? []
  const below = (original: boolean) => [...new Set(letter.copies.filter((copy) => copy.original === original).map(({ addressee, partyId }) => addressee ?? parties.find(({ id }) => id === Number(partyId))?.role ?? '').filter(Boolean))]
  return {
    county, title: letter.title, documentNo: letter.documentNo, on: letter.issuedOn ?? today, caseNumber: nameOf(state), parties, sections: letter.sections, signed: letters.kinds[letter.kind]?.signed ?? [],
    originals: below(true), copies: below(false),
  }
}

/** The file's name tells nobody's. */
function fileOf<State extends StepState>(letter: CaseLetter, paper: Paper, form: 'pdf' | 'odt', state: State, more = ''): Promise<Reply> {
  return paperReply(paper, form, `${letter.title}-${nameOf(state)}${more}`)
}
