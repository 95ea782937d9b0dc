import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { act } from '../act.ts'
import { done, isRefusal } from '../errors.ts'
import { may } from '../identity/permissions.ts'
import { isOpened, recordOpening } from '../personal-data/openings.ts'
import { post, redirect, type Reply, type Route, type StaffRequest } from '../web/route.ts'
import { Button } from '../../ui/components/button.tsx'
import { Card } from '../../ui/components/card.tsx'
import { Select } from '../../ui/components/choices.tsx'
import { Details } from '../../ui/components/details.tsx'
import { Form } from '../../ui/components/form.tsx'
import { SummaryList } from '../../ui/components/summary-list.tsx'
import { findParties, type KnownParty, maskParty } from './parties.ts'
import { nameOf, type Procedure, type StepState } from './step.ts'
import { lockFor } from './take-step.ts'

/** Why somebody needs to know who a party is; chosen, so that openings can be counted by purpose. */
export const purposes = ['聯絡當事人', '製作文書', '查證身分', '查證事實', '督導查核'] as const

/** The act and route that open the parties' data of one kind of case; who looked and why stays on record. */
export function openPartiesRoute<State extends StepState>(procedure: Procedure<State>, permission: string, page: (request: StaffRequest, failed: string) => Promise<Reply>): Route {
  const open = act(`${procedure.noun}.open-personal-data`, z.object({ name: z.string().max(40), reason: z.enum(purposes, { error: '請選擇查看的目的' }) }), async (tx, given, input) => {
    const { state, ctx } = await lockFor(procedure, tx, given, input.name, permission)
    return done({ read: await recordOpening(tx, ctx, { event: procedure.noun, caseId: state.id, purpose: input.reason, fields: ['name', 'id-number', 'email', 'phone', 'address'] }) })
  }, { permission })
  return post(`${procedure.listPath}/:name/personal-data`, permission, async (request) => {
    const name = request.params.name!
    const result = await open(request.caller, { ...request.form, name })
    if (isRefusal(result)) return page(request, result.message)
    // asked for on a letter's or a party's page: back to it
    const back = /^(letters|parties)\/\d{1,15}$/.exec(request.form.back ?? '')?.[0]
    return redirect(back ? `${procedure.path(name, back)}?opened=${result.value.read}` : `${procedure.path(name)}?opened=${result.value.read}#parties`)
  })
}

/** The parties of a case as this person may see them now: masked until they said what for. */
export async function partiesFor(request: StaffRequest, caseId: number): Promise<{ parties: KnownParty[]; opened: boolean }> {
  const [parties, opened] = await Promise.all([findParties(request.db, caseId), isOpened(request.db, request.person, caseId, request.query.opened, request.now)])
  return { parties: opened ? parties : parties.map(maskParty), opened }
}

type Props<State extends StepState> = { procedure: Procedure<State>; state: State; request: StaffRequest; permission: string; /** where parties are put right, if this person may */ change?: string | undefined; roles: Readonly<Record<string, string>>; parties: KnownParty[]; opened: boolean }

export function PartiesCard<State extends StepState>({ procedure, state, request, permission, change, roles, parties, opened }: Props<State>) {
  return (
    <Card title="當事人" id="parties">
      {parties.map((party) => (
        <section key={party.id} aria-label={roles[party.role] ?? party.role}>
          <SummaryList
            rows={[
              { key: roles[party.role] ?? party.role, value: party.called },
              { key: '統一編號', value: party.businessNo }, { key: '身分證統一編號', value: party.idNumber }, { key: '出生', value: party.born }, { key: '其他', value: party.more }, { key: '代理', value: party.power },
              { key: '電話', value: party.phone }, { key: '電子郵件', value: party.email }, { key: '地址', value: party.address },
            ].filter(({ value }) => value)}
          />
        </section>
      ))}
      {change && <p><a href={change}>更正、增加或退出</a></p>}
      {!parties.length && <p class="muted">沒有登錄當事人。</p>}
      {opened && <p class="muted small">這次查看已留下紀錄，10 分鐘內有效。</p>}
      {!opened && parties.length > 0 && may(request.person, permission, state) && (
        <Details summary="顯示個人資料" id="open-personal-data">
          <Form action={procedure.path(nameOf(state), 'personal-data')} formKey={randomUUID()}>
            <Select name="reason" label="為了什麼" options={purposes.map((text) => ({ value: text, text }))} empty="請選擇" />
            <Button kind="secondary" small>顯示</Button>
            <p class="muted small">這次查看會留下紀錄。</p>
          </Form>
        </Details>
      )}
    </Card>
  )
}
