import type { VNode } from 'preact'
import { isRefusal, type Refusal, type Result } from '../../core/errors.ts'
import { deviceLabel } from '../../core/identity/devices.ts'
import { addMemberPasskey, beginMemberPasskey, findMemberPasskeys, removeMemberPasskey } from '../../core/identity/member-passkeys.ts'
import { type Member, memberCookie, type MemberKind, nameBusiness } from '../../core/identity/members.ts'
import type { PasskeyLine } from '../../core/identity/passkeys.ts'
import { json, type PageRequest, post, redirect, type Reply, type Route } from '../../core/web/route.ts'
import { Button, Details, errorOf, Form, InstantText, PasskeyButton, Table, TextInput } from '../../ui/index.ts'
import { ownPath } from './paths.ts'

type ShowOwn = (request: PageRequest, kind: MemberKind, refused: Refusal) => Promise<Reply>

/** A member's own passkeys, and a vendor's 統一編號: forms on the one page of a member, which `show` writes again with what was refused. */
export const waysRoutes = (kind: MemberKind, show: ShowOwn): Route[] => [
  post(ownPath(kind, 'passkeys/options'), 'public', async (request) => {
    const begun = await beginMemberPasskey(request.caller, { session: sessionOf(request), origin: request.origin, county: request.site.county })
    return isRefusal(begun) ? json({ error: begun.message }, 409) : json(begun.value)
  }, { limit: 20 }),
  post(ownPath(kind, 'passkeys'), 'public', async (request) => {
    const { passkey, passkeyStep, label } = request.form
    return acted(request, kind, show, await addMemberPasskey(request.caller, { session: sessionOf(request), passkey, passkeyStep, label }), '通行金鑰已加上，下次可以直接用它登入')
  }, { limit: 20 }),
  post(ownPath(kind, 'passkeys/:id/remove'), 'public', async (request) =>
    acted(request, kind, show, await removeMemberPasskey(request.caller, { session: sessionOf(request), id: request.params.id }), '通行金鑰已移除')),
  ...(kind === 'vendor' ? [post(ownPath(kind, 'business'), 'public', async (request) =>
    acted(request, kind, show, await nameBusiness(request.caller, { session: sessionOf(request), no: request.form.no, name: request.form.name }), '統一編號和名稱已儲存'))] : []),
]

const sessionOf = (request: PageRequest) => request.cookies[memberCookie] ?? ''

const acted = (request: PageRequest, kind: MemberKind, show: ShowOwn, result: Result<unknown>, flash: string): Promise<Reply> | Reply =>
  isRefusal(result) ? show(request, kind, result) : redirect(ownPath(kind), flash)

export async function ways(request: PageRequest, member: Member, refused?: Refusal): Promise<VNode> {
  const passkeys = await findMemberPasskeys(request.db, member.id)
  const at = (what: string) => ownPath(member.kind, what)
  return (
    <>
      {member.kind === 'vendor' && <Business member={member} request={request} refused={refused} />}
      <Details summary={`通行金鑰${passkeys.length ? `（${passkeys.length}）` : ''}`} open={refused?.field === 'label'}>
        <p>加一支通行金鑰，下次用指紋、臉、PIN 或安全金鑰登入，不用等信。電子郵件仍然可以登入。</p>
        {passkeys.length > 0 && <Passkeys passkeys={passkeys} at={at} />}
        <Form action={at('passkeys')}>
          <TextInput name="label" label="名字" hint="以後好認，例如「我的手機」" value={request.form.label ?? deviceLabel(request.from.agent)} width={20} autocomplete="off" error={errorOf(refused)('label')} />
          <PasskeyButton label="加上通行金鑰" use="create" options={at('passkeys/options')} />
        </Form>
      </Details>
    </>
  )
}

function Passkeys({ passkeys, at }: { passkeys: PasskeyLine[]; at(what: string): string }) {
  return (
    <Table<PasskeyLine>
      caption="您的通行金鑰"
      rows={passkeys}
      rowKey={({ id }) => id}
      columns={[
        { heading: '名字', rowHeader: true, cell: ({ label }) => label },
        { heading: '加上', width: 'fit', cell: ({ added_at: added }) => <InstantText at={added} /> },
        { heading: '上次使用', width: 'fit', wideOnly: true, cell: ({ used_at: used }) => (used ? <InstantText at={used} /> : '還沒有用過') },
        { heading: '移除', width: 'fit', cell: ({ id, label }) => <Form action={at(`passkeys/${id}/remove`)}><Button kind="secondary" small confirm={`移除「${label}」？以後不能用它登入，可以再加。`} confirmAction="移除">移除</Button></Form> },
      ]}
    />
  )
}

function Business({ member, request, refused }: { member: Member; request: PageRequest; refused: Refusal | undefined }) {
  const { business } = member
  return (
    <Details summary={business ? `${business.name}（統一編號 ${business.no}）` : '填寫統一編號'} open={refused?.field === 'no' || refused?.field === 'name'}>
      <p>採購等業務會用到。由您自己填寫，本府還沒有查證；查證以前，不會因此看到其他信箱提出的案件。</p>
      <Form action={ownPath(member.kind, 'business')}>
        <TextInput name="no" label="統一編號" hint="8 位數字" value={request.form.no ?? business?.no} width={10} inputmode="numeric" autocomplete="off" spellcheck={false} error={errorOf(refused)('no')} />
        <TextInput name="name" label="公司、商號或團體名稱" value={request.form.name ?? business?.name} width={30} autocomplete="organization" error={errorOf(refused)('name')} />
        <Button>儲存</Button>
      </Form>
    </Details>
  )
}
