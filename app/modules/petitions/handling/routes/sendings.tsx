import { randomUUID } from 'node:crypto'
import { isRefusal } from '../../../../core/errors.ts'
import { unseal } from '../../../../core/personal-data/index.ts'
import { rocLongDay } from '../../../../core/time.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Table } from '../../../../ui/components/table.tsx'
import { InstantText } from '../../../../ui/components/time.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { openPersonalData } from '../../casepage/personal-data.ts'
import { wayNames } from '../../casepage/history.tsx'
import { noticeNames } from '../../notify.ts'
import { petitionPath, sendingsPath } from '../../paths.ts'
import { findSendings, getSending, markSent, type Sending } from '../sendings.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const rows = await findSendings(request.db, request.person)
  return consolePage(request, {
    title: '待寄送',
    current: sendingsPath,
    children: (
      <>
        {rows.length > 0 && <Toolbar count={rows.length} unit="份" />}
        <Table
          caption="待郵寄、電話告知或臨櫃交付的通知"
          captionHidden
          rows={rows}
          rowKey={(row) => row.id}
          rowHref={(row) => `${sendingsPath}/${row.id}`}
          empty={<EmptyState title="沒有要寄的">要郵寄、打電話或臨櫃交付的答復與通知會出現在這裡；電子郵件由系統寄。</EmptyState>}
          columns={[
            { heading: '通知', width: 'fit', cell: (row) => <a href={`${sendingsPath}/${row.id}`}>{noticeNames[row.what] ?? '通知'}</a> },
            { heading: '案件', rowHeader: true, width: 'grow', cell: (row) => <><a href={petitionPath(row.name)}>{row.name}</a> {row.title}</> },
            { heading: '方式', width: 'fit', cell: (row) => wayNames[row.way] },
            { heading: '核定時間', width: 'fit', wideOnly: true, cell: (row) => <InstantText at={row.wantedAt} /> },
          ]}
        />
      </>
    ),
  })
}

/** One notice, ready to be printed and put into an envelope, or read out on the telephone. Opening it opens the address, and says so. */
async function show(request: StaffRequest, failed?: string): Promise<Reply> {
  const sending = await getSending(request.db, request.person, request.params.id!)
  const opened = await openPersonalData(request.caller, { name: sending.name, reason: sending.way === 'post' ? '郵寄答復' : '聯絡陳情人' })
  const to = isRefusal(opened) ? null : { name: unseal(sending.senderName), address: unseal(sending.address), phone: unseal(sending.phone) }
  return consolePage(
    request,
    {
      title: `${noticeNames[sending.what] ?? '通知'}：${sending.name}`,
      current: sendingsPath,
      breadcrumbs: [{ text: '待寄送', href: sendingsPath }, { text: sending.name }],
      children: (
        <>
          {failed && <ErrorSummary errors={[{ text: failed }]} />}
          <article class="printed-letter stack">
            <p>{rocLongDay(request.today)}</p>
            {to && <p>{to.name ?? '陳情人'} 君<br />{sending.way === 'post' ? to.address : sending.way === 'telephone' ? `電話 ${to.phone}` : '臨櫃領取'}</p>}
            <p><strong>{sending.subject}</strong></p>
            <Letter text={sending.text} serif />
          </article>
          <div class="no-print">
            {sending.doneAt ? <p>已註記送達。</p> : (
              <Form action={`${sendingsPath}/${sending.id}/done`} formKey={randomUUID()}>
                <TextInput name="remark" label="備註" hint={hints[sending.way]} required={false} width={30} value={request.form.remark} />
                <Button>{{ post: '已寄出', telephone: '已電話告知', counter: '已交付' }[sending.way]}</Button>
              </Form>
            )}
          </div>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

const hints: Record<Sending['way'], string> = { post: '例如掛號號碼', telephone: '例如通話時間、接聽的人', counter: '例如領取的人' }

export const routes = [
  get(sendingsPath, 'petitions.send', list),
  get(`${sendingsPath}/:id`, 'petitions.send', (request) => show(request)),
  post(`${sendingsPath}/:id/done`, 'petitions.send', async (request) => {
    const result = await markSent(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? show(request, result.message) : redirect(sendingsPath, '已註記')
  }),
]
