import { isRefusal, NotFound, type Refusal, type Result } from '../../../core/errors.ts'
import { isOpened } from '../../../core/personal-data/openings.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { isPaperForm, paperReply } from '../../../core/reports/paper/reply.ts'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { nameOf } from '../appeal.ts'
import { recordResult, recordSequel } from '../after/acts.ts'
import { recordAuthorityDecision } from '../after/authority.ts'
import { sequelsPage } from '../after/page.tsx'
import { decisionPath, draftPath, listPath, reviewPath, sequelsPath } from '../paths.ts'
import { findAppeal } from '../queries.ts'
import { approveDecision } from './approve.ts'
import { decisionPage } from './decision-page.tsx'
import { draftPage } from './draft-page.tsx'
import { openOriginal } from './open.ts'
import { originalPaper } from './paper.ts'
import { assignReviewers, recordOpinion, saveDraft } from './prepare.ts'
import { findDecided } from './queries.ts'
import { reviewPage } from './review-page.tsx'

const answer = (run: (request: StaffRequest) => Promise<Result<unknown>>, again: (request: StaffRequest, no: Refusal) => Promise<Reply>, to: (name: string) => string, told: string) => async (request: StaffRequest): Promise<Reply> => {
  const result = await run(request)
  return isRefusal(result) ? again(request, result) : redirect(to(request.params.name!), told)
}
const named = (request: StaffRequest) => ({ ...request.form, name: request.params.name })

function draftOf(request: StaffRequest) {
  const { facts, reasons, court, legalityOnly, negotiate, _key } = request.form
  const gathered = (prefix: string) => Object.fromEntries(Object.entries(request.form).filter(([field, value]) => field.startsWith(`${prefix}-`) && value !== '').map(([field, value]) => [field.slice(prefix.length + 1), value]))
  return { _key, name: request.params.name, facts, reasons, court, legalityOnly, negotiate, outcomes: gathered('outcome'), grounds: gathered('ground'), thens: gathered('then'), days: gathered('days'), notes: gathered('note') }
}

const byPosition = (form: Record<string, string>) => Object.fromEntries(Object.entries(form).filter(([field, value]) => field.startsWith('outcome-') && value !== '').map(([field, value]) => [field.slice('outcome-'.length), value]))

/** The original as a file, for a moment after it was said what for. */
async function original(request: StaffRequest): Promise<Reply> {
  const appeal = await findAppeal(request.db, request.person, request.params.name!)
  const decided = await findDecided(request.db, appeal.id)
  const { form } = request.params
  if (!decided || !isPaperForm(form)) throw new NotFound('沒有這份決定書')
  if (!(await isOpened(request.db, request.person, appeal.id, request.query.opening, request.now))) return redirect(decisionPath(nameOf(appeal)), '請先寫用途，再下載正本')
  const parties = appeal.parties.filter(({ until }) => until === null).map((one) => ({ role: one.role, isPerson: one.isPerson, name: unseal(one.name), bornOn: unseal(one.bornOn), idNumber: unseal(one.idNumber), address: unseal(one.address) }))
  const paper = originalPaper(decided, { county: request.site.county, agency: appeal.agency, title: appeal.title, ground: appeal.ground, dispositionNo: appeal.dispositionNo, dispositionOn: appeal.dispositionOn, appliedOn: appeal.appliedOn, parties })
  // the file's name tells nobody's
  return paperReply(paper, form, `訴願決定書-${nameOf(appeal)}`)
}

const at = `${listPath}/:name`
export const routes: Route[] = [
  get(`${at}/review`, 'appeals.committee', (request) => reviewPage(request)),
  post(`${at}/review`, 'appeals.committee', answer((request) => assignReviewers(request.caller, { ...named(request), members: request.all('members') }), reviewPage, reviewPath, '已分給審查委員')),
  post(`${at}/review/opinion`, 'appeals.committee', answer((request) => recordOpinion(request.caller, named(request)), reviewPage, reviewPath, '審查意見已登錄')),
  get(`${at}/draft`, 'appeals.handle', (request) => draftPage(request)),
  post(`${at}/draft`, 'appeals.handle', answer((request) => saveDraft(request.caller, draftOf(request)), draftPage, draftPath, '擬處意見已存')),
  get(`${at}/decision`, 'appeals.read', (request) => decisionPage(request)),
  post(`${at}/decision`, 'appeals.approve', answer((request) => approveDecision(request.caller, named(request)), decisionPage, decisionPath, '已核定；決定書正本在待寄送')),
  post(`${at}/decision/original`, 'appeals.letters', async (request) => {
    const result = await openOriginal(request.caller, named(request))
    return isRefusal(result) ? decisionPage(request, result) : redirect(`${decisionPath(request.params.name!)}?opening=${result.value.opening}`)
  }),
  get(`${at}/decision/original.:form`, 'appeals.letters', original, { limit: 30 }),
  get(`${at}/sequels`, 'appeals.handle', (request) => sequelsPage(request)),
  post(`${at}/sequels`, 'appeals.handle', answer((request) => recordSequel(request.caller, named(request)), sequelsPage, sequelsPath, '已登錄')),
  post(`${at}/sequels/authority`, 'appeals.handle', answer((request) => recordAuthorityDecision(request.caller, { ...named(request), outcomes: byPosition(request.form) }), sequelsPage, sequelsPath, '已登錄上級機關的決定')),
  post(`${at}/sequels/result`, 'appeals.handle', answer((request) => recordResult(request.caller, named(request)), sequelsPage, sequelsPath, '結果已登錄')),
]
