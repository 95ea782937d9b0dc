import type { SessionLine, SignInMethod } from '../../core/identity/sessions.ts'
import { Button, Form, InstantText, Table, Tag } from '../../ui/index.ts'

const methods: Record<SignInMethod, string> = {
  password: '密碼', 'password+code': '密碼與驗證碼', 'password+recovery-code': '密碼與復原碼', 'password+passkey': '密碼與通行金鑰', passkey: '通行金鑰',
  'single-sign-on': '單一簽入', 'single-sign-on+code': '單一簽入與驗證碼', 'single-sign-on+recovery-code': '單一簽入與復原碼', 'single-sign-on+passkey': '單一簽入與通行金鑰',
}

/** Where somebody is signed in. `endPath`: where each but the current one can be ended. */
export function Sessions({ sessions, current, endPath }: { sessions: SessionLine[]; current?: number | undefined; endPath?: (id: number) => string }) {
  return (
    <Table<SessionLine>
      caption="登入清單"
      captionHidden
      rows={sessions}
      rowKey={({ id }) => id}
      empty={<p>目前沒有登入。</p>}
      columns={[
        { heading: '裝置', rowHeader: true, cell: ({ id, label }) => <>{label ?? '其他程式'}{id === current && <> <Tag tone="done">這裡</Tag></>}</> },
        { heading: '網段', width: 'fit', wideOnly: true, cell: ({ address_range: range }) => range ?? '—' },
        { heading: '方式', width: 'fit', wideOnly: true, cell: ({ method }) => methods[method] },
        { heading: '最近使用', width: 'fit', cell: ({ seen_at: at }) => <InstantText at={at} /> },
        ...(endPath ? [{ heading: '結束', width: 'fit' as const, cell: ({ id, label }: SessionLine) => id !== current && (
          <Form action={endPath(id)}><Button kind="secondary" small confirm={`結束在 ${label ?? '其他程式'} 的登入？`} confirmAction="結束登入">結束</Button></Form>
        ) }] : []),
      ]}
    />
  )
}
