import { randomUUID } from 'node:crypto'
import { NotFound, type Refusal } from '../../errors.ts'
import { may } from '../../identity/permissions.ts'
import { isOpened } from '../../personal-data/openings.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { findParties, type KnownParty, maskParty } from '../parties.ts'
import { purposes } from '../parties-card.tsx'
import { PartyForm } from '../party-form.tsx'
import { nameOf, type StepState } from '../step.ts'
import type { Managed } from './managed.ts'

const asks = ['id', 'born', 'more', 'power', 'business'] as const

/** Everybody with a way to put them right, a form for one more, and how one leaves. */
export async function partiesPage<State extends StepState>(of: Managed<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { procedure, partyRoles } = of
  const state = await procedure.find(request.db, request.person, request.params.name!)
  if (!may(request.person, of.correct, state)) throw new NotFound('找不到這個頁面')
  const parties = (await findParties(request.db, state.id)).map(maskParty)
  const name = nameOf(state)
  const at = (what: string) => procedure.path(name, `parties${what}`)
  const [value, error] = [(field: string) => request.form[field], errorOf(failed)]
  const adding = failed !== undefined && request.form.role !== undefined
  return consolePage(request, {
    title: `當事人：${state.title}`, heading: '當事人', current: procedure.listPath, breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: '當事人' }], headingNote: <a href={procedure.path(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {parties.map((party) => (
          <Card key={party.id} title={`${partyRoles[party.role] ?? party.role}　${party.called}`}>
            <p><a href={at(`/${party.id}`)}>更正 {party.called} 的資料</a></p>
            <Details summary="退出">
              <Form action={at(`/${party.id}/end`)} formKey={randomUUID()} id={`end-${party.id}`}>
                <TextInput name="reason" label={`${party.called} 退出的理由`} hint="例：誤登、撤回委任、死亡由繼承人承受。" width={30} />
                <Button kind="danger" small confirm="文書不再給這位當事人；資料仍隨案件保存。">退出</Button>
              </Form>
            </Details>
          </Card>
        ))}
        <Details summary="增加當事人" open={adding} id="add-party">
          <Form action={at('')} formKey={randomUUID()} id="add-party-form" keep>
            <Select name="role" label="身分" value={value('role')} error={error('role')} empty="請選擇" options={Object.entries(partyRoles).map(([code, text]) => ({ value: code, text }))} />
            <Select name="represents" label="代理誰" hint="代理人才要選。" required={false} value={value('represents')} error={error('represents')} empty="不是代理人" options={parties.filter(({ role }) => role !== 'representative').map((one) => ({ value: String(one.id), text: `${partyRoles[one.role] ?? one.role} ${one.called}` }))} />
            <PartyForm prefix="party" legend="資料" asks={asks} value={adding ? value : () => undefined} error={error} />
            <TextInput name="reason" label="增加的理由" value={adding ? value('reason') : undefined} error={adding ? error('reason') : undefined} width={30} />
            <Button>增加</Button>
          </Form>
        </Details>
      </>
    ),
  }, failed ? 422 : 200)
}

/** One party's data to be corrected, once it was said what for. */
export async function correctPartyPage<State extends StepState>(of: Managed<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { procedure, partyRoles } = of
  const state = await procedure.find(request.db, request.person, request.params.name!)
  const party = (await findParties(request.db, state.id)).find(({ id }) => String(id) === request.params.party)
  if (!party || !may(request.person, of.correct, state)) throw new NotFound('找不到這位當事人')
  const opened = failed !== undefined || (await isOpened(request.db, request.person, state.id, request.query.opened, request.now))
  const name = nameOf(state)
  const title = `更正${partyRoles[party.role] ?? '當事人'}的資料`
  const kept = fieldsOf(party)
  return consolePage(request, {
    title: `${title}：${state.title}`, heading: title, current: procedure.listPath,
    breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: '當事人', href: procedure.path(name, 'parties') }, { text: '更正' }], headingNote: <a href={procedure.path(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {opened ? (
          <Form action={procedure.path(name, `parties/${party.id}`)} formKey={randomUUID()} id="correct-party" keep>
            <p class="muted">已核發的文書不會跟著改。</p>
            <PartyForm prefix="party" legend={partyRoles[party.role] ?? '當事人'} asks={asks} value={(field) => (failed ? request.form[field] : kept[field])} error={errorOf(failed)} />
            <TextInput name="reason" label="更正的理由" value={request.form.reason} error={errorOf(failed)('reason')} width={30} />
            <ButtonGroup><Button>更正</Button><a href={procedure.path(name, 'parties')}>取消</a></ButtonGroup>
          </Form>
        ) : may(request.person, of.open, state) ? (
          <Form action={procedure.path(name, 'personal-data')} formKey={randomUUID()} id="open-party">
            <input type="hidden" name="back" value={`parties/${party.id}`} />
            <Select name="reason" label="為了什麼開啟" hint="更正要先看到原來的資料，這次查看會留下紀錄。" options={purposes.map((text) => ({ value: text, text }))} empty="請選擇" />
            <Button>開啟</Button>
          </Form>
        ) : <p>您的職務不能開啟當事人的資料。</p>}
      </>
    ),
  }, failed ? 422 : 200)
}

const fieldsOf = (party: KnownParty): Record<string, string | undefined> => {
  const of: Record<string, string | null> = { Kind: party.kind, Name: party.organisation ?? party.name, BusinessNo: party.businessNo, IdNumber: party.idNumber, Born: party.born, Email: party.email, Phone: party.phone, Address: party.address, More: party.more, Power: party.power }
  return Object.fromEntries(Object.entries(of).map(([field, value]) => [`party${field}`, value ?? undefined]))
}
