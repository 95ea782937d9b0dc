import type { VNode } from 'preact'
import { isRefusal, type Refusal, type Result } from '../../core/errors.ts'
import { deviceLabel } from '../../core/identity/devices.ts'
import { addMemberPasskey, beginMemberPasskey, findMemberPasskeys, removeMemberPasskey } from '../../core/identity/member-passkeys.ts'
import { type Member, memberCookie, nameBusiness } from '../../core/identity/members.ts'
import type { PasskeyLine } from '../../core/identity/passkeys.ts'
import { isoInstant } from '../../core/time.ts'
import { json, type PageRequest, post, redirect, type Reply, type Route } from '../../core/web/route.ts'
import { Button, Details, errorOf, Form, PasskeyButton, Table, TextInput } from '../../ui/index.ts'
import { type Own, ownPath } from './paths.ts'
import { said, type Words, wordsOf } from './words.ts'

type ShowOwn = (request: PageRequest, own: Own, refused: Refusal) => Promise<Reply>

/** A member's own passkeys, and a vendor's 統一編號: forms on the one page of a member, which `show` writes again with what was refused. */
export const waysRoutes = (own: Own, show: ShowOwn): Route[] => [
  post(ownPath(own, 'passkeys/options'), 'public', async (request) => {
    const begun = await beginMemberPasskey(request.caller, { session: sessionOf(request), origin: request.origin, county: request.site.county })
    return isRefusal(begun) ? json({ error: said(own.language, begun) }, 409) : json(begun.value)
  }, { limit: 20 }),
  post(ownPath(own, 'passkeys'), 'public', async (request) => {
    const { passkey, passkeyStep, label } = request.form
    return acted(request, own, show, await addMemberPasskey(request.caller, { session: sessionOf(request), passkey, passkeyStep, label }), wordsOf[own.language].passkeys.added)
  }, { limit: 20 }),
  post(ownPath(own, 'passkeys/:id/remove'), 'public', async (request) =>
    acted(request, own, show, await removeMemberPasskey(request.caller, { session: sessionOf(request), id: request.params.id }), wordsOf[own.language].passkeys.removed)),
  ...(own.kind === 'vendor' ? [post(ownPath(own, 'business'), 'public', async (request) =>
    acted(request, own, show, await nameBusiness(request.caller, { session: sessionOf(request), no: request.form.no, name: request.form.name }), wordsOf[own.language].business.saved))] : []),
]

const sessionOf = (request: PageRequest) => request.cookies[memberCookie] ?? ''

const acted = (request: PageRequest, own: Own, show: ShowOwn, result: Result<unknown>, flash: string): Promise<Reply> | Reply =>
  isRefusal(result) ? show(request, own, result) : redirect(ownPath(own), flash)

export async function ways(request: PageRequest, own: Own, member: Member, refused?: Refusal): Promise<VNode> {
  const passkeys = await findMemberPasskeys(request.db, member.id)
  const at = (what: string) => ownPath(own, what)
  const words = wordsOf[own.language]
  const w = words.passkeys
  return (
    <>
      {member.kind === 'vendor' && <Business member={member} request={request} refused={refused} w={words.business} action={at('business')} />}
      <Details summary={w.title(passkeys.length)} open={refused?.field === 'label'}>
        <p>{w.lead}</p>
        {passkeys.length > 0 && <Passkeys passkeys={passkeys} at={at} words={words} />}
        <Form action={at('passkeys')}>
          <TextInput name="label" label={w.name} hint={w.nameHint} value={request.form.label ?? deviceLabel(request.from.agent)} width={20} autocomplete="off" error={errorOf(refused)('label')} />
          <PasskeyButton label={w.add} use="create" options={at('passkeys/options')} />
        </Form>
      </Details>
    </>
  )
}

function Passkeys({ passkeys, at, words }: { passkeys: PasskeyLine[]; at(what: string): string; words: Words }) {
  const w = words.passkeys
  const moment = (instant: Date) => <time class="nowrap" datetime={isoInstant(instant)}>{words.instant(instant)}</time>
  return (
    <Table<PasskeyLine>
      caption={w.list}
      rows={passkeys}
      rowKey={({ id }) => id}
      columns={[
        { heading: w.name, rowHeader: true, cell: ({ label }) => label },
        { heading: w.addedAt, width: 'fit', cell: ({ added_at: added }) => moment(added) },
        { heading: w.usedAt, width: 'fit', wideOnly: true, cell: ({ used_at: used }) => (used ? moment(used) : w.never) },
        { heading: w.remove, width: 'fit', cell: ({ id, label }) => <Form action={at(`passkeys/${id}/remove`)}><Button kind="secondary" small confirm={w.confirm(label)} confirmAction={w.remove}>{w.remove}</Button></Form> },
      ]}
    />
  )
}

function Business({ member, request, refused, w, action }: { member: Member; request: PageRequest; refused: Refusal | undefined; w: Words['business']; action: string }) {
  const { business } = member
  return (
    <Details summary={business ? w.title(business) : w.ask} open={refused?.field === 'no' || refused?.field === 'name'}>
      <p>{w.lead}</p>
      <Form action={action}>
        <TextInput name="no" label={w.no} hint={w.noHint} value={request.form.no ?? business?.no} width={10} inputmode="numeric" autocomplete="off" spellcheck={false} error={errorOf(refused)('no')} />
        <TextInput name="name" label={w.name} value={request.form.name ?? business?.name} width={30} autocomplete="organization" error={errorOf(refused)('name')} />
        <Button>{w.save}</Button>
      </Form>
    </Details>
  )
}
