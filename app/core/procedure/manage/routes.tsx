import { isRefusal, type Refusal, type Result } from '../../errors.ts'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../web/route.ts'
import type { StepState } from '../step.ts'
import { manageActs } from './acts.ts'
import type { Managed } from './managed.ts'
import { managePage } from './page.tsx'
import { correctPartyPage, partiesPage } from './parties-page.tsx'

/** Pages and acts beside the steps: officer, secrecy, readers, parties. */
export function manageRoutes<State extends StepState>(of: Managed<State>, acts = manageActs(of)): Route[] {
  const { procedure } = of
  const at = `${procedure.listPath}/:name`
  const named = ({ form, params }: StaffRequest) => ({ ...form, name: params.name!, ...(params.party ? { party: params.party } : {}) })
  const does = (path: string, permission: string, run: (request: StaffRequest) => Promise<Result<unknown>>, again: (request: StaffRequest, no: Refusal) => Promise<Reply>, back: string, told: string) =>
    post(`${at}/${path}`, permission, async (request) => {
      const result = await run(request)
      return isRefusal(result) ? again(request, result) : redirect(procedure.path(request.params.name!, back), told)
    })
  const manage = (request: StaffRequest, no: Refusal) => managePage(of, request, no)
  return [
    get(`${at}/manage`, procedure.read, (request) => managePage(of, request)),
    does('manage/officer', of.assign, (request) => acts.assign(request.caller, named(request) as never), manage, 'manage', '已指定承辦人'),
    does('manage/confide', of.confide, (request) => acts.confide(request.caller, named(request) as never), manage, 'manage', '已更改保密'),
    does('manage/name-reader', of.confide, (request) => acts.nameReader(request.caller, named(request) as never), manage, 'manage', '已指名'),
    post(`${at}/manage/remove-reader`, of.confide, async (request) => {
      const result = await acts.removeReader(request.caller, named(request) as never)
      if (isRefusal(result)) return managePage(of, request, result)
      // who removed themselves may not see it any more
      const still = await procedure.find(request.db, request.person, request.params.name!).then(() => true, () => false)
      return redirect(still ? procedure.path(request.params.name!, 'manage') : procedure.listPath, '已移除')
    }),
    get(`${at}/parties`, of.correct, (request) => partiesPage(of, request)),
    does('parties', of.correct, (request) => acts.addParty(request.caller, { ...named(request), represents: request.form.represents || undefined } as never), (request, no) => partiesPage(of, request, no), 'parties', '已增加'),
    get(`${at}/parties/:party`, of.correct, (request) => correctPartyPage(of, request)),
    does('parties/:party', of.correct, (request) => acts.correctParty(request.caller, named(request) as never), (request, no) => correctPartyPage(of, request, no), 'parties', '已更正'),
    does('parties/:party/end', of.correct, (request) => acts.endParty(request.caller, named(request) as never), (request, no) => partiesPage(of, request, no), 'parties', '已退出'),
  ]
}
