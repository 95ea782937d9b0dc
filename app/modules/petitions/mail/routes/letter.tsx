import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { readDocument } from '../../../../core/documents/store.ts'
import { isRefusal, NotFound, type Refusal } from '../../../../core/errors.ts'
import type { Letter as ReadLetter } from '../../../../core/mail/letter.ts'
import { messagePathOf } from '../../../../core/mail/message-path.ts'
import { readLetter } from '../../../../core/mail/parse.ts'
import { recordName } from '../../../../core/personal-data/legal-holds.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { file, get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { rocDateTime } from '../../../../core/time.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { Select } from '../../../../ui/components/choices.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { SummaryList } from '../../../../ui/components/summary-list.tsx'
import { Tag } from '../../../../ui/components/tag.tsx'
import { InstantText } from '../../../../ui/components/time.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { cleanText } from '../../../../core/filing/clean.ts'
import { petitionPath } from '../../paths.ts'
import { channels } from '../../schema.ts'
import { originalMediaType } from '../inbox.ts'
import { addLetterToCase, dismissLetters, makeLetterAPetition } from '../inbox-acts.ts'
import { findInboxLetter, type InboxLine } from '../inbox-queries.ts'
import { inboxPath, letterPath } from '../paths.ts'
import { channelOf } from '../reading.ts'
import { handledText } from '../tables.ts'
import { KindTag } from './inbox.tsx'

async function getLine(request: StaffRequest): Promise<InboxLine> {
  const { id } = request.params
  const line = /^\d{1,15}$/.test(id!) ? await findInboxLetter(request.db, request.person, Number(id)) : null
  if (!line) throw new NotFound('找不到這封信')
  return line
}

/** One letter that came: what it says, what became of it, and what a clerk can make of it. */
async function letter(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const line = await getLine(request)
  const read = await readLetter(await readDocument(line.sha256))
  const isOpen = line.handledAs === null || line.handledAs === 'dismissed' || line.handledAs === 'bounce'
  const form: LetterForm = { line, typed: request.form, error: (field) => (failed?.field === field ? failed.message : undefined) }
  return consolePage(
    request,
    {
      title: `收到的信：${line.subject}`,
      heading: line.subject,
      headingNote: <KindTag kind={line.kind} />,
      current: inboxPath,
      breadcrumbs: [{ text: '收到的信', href: inboxPath }, { text: line.subject }],
      children: (
        <>
          {failed && <ErrorSummary title="沒有完成" errors={[{ text: failed.message, field: failed.field }]} />}
          <SummaryList columns={3} rows={factsOf(line)} />
          <div class="columns">
            <div class="columns__main">
              <Card title="內容">
                <LetterText letter={read} />
              </Card>
            </div>
            <div class="columns__side">
              {line.kind === 'bounce' ? (
                <>
                  {line.handledAs === null && <Dismiss {...form} />}
                  {isOpen && <Details summary="其實是來信"><MakePetition {...form} /><AddToCase {...form} /></Details>}
                </>
              ) : (
                <>
                  {isOpen && <MakePetition {...form} />}
                  {isOpen && <AddToCase {...form} />}
                  {line.handledAs === null && <Dismiss {...form} />}
                </>
              )}
            </div>
          </div>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

type LetterForm = { line: InboxLine; typed: Record<string, string>; error(field: string): string | undefined }

function MakePetition({ line, typed, error }: LetterForm) {
  return (
    <Card title="成為陳情">
      <Form action={letterPath(line.id, 'petition')} formKey={randomUUID()}>
        <Select name="channel" label="管道" value={typed.channel ?? channelOf(line.mailbox) ?? ''} options={Object.entries(channels).map(([value, text]) => ({ value, text }))} empty="請選擇" error={error('channel')} />
        <p class="muted small">收件時間是這封信到達的時間。不會自動寄收件通知。</p>
        <Button small kind={line.kind === 'bounce' ? 'secondary' : 'primary'}>成案</Button>
      </Form>
    </Card>
  )
}

function AddToCase({ line, typed, error }: LetterForm) {
  return (
    <Card title="併為案件的補充資料">
      <Form action={letterPath(line.id, 'case')} formKey={randomUUID()}>
        <TextInput name="name" label="案號或追蹤號碼" value={typed.name ?? (line.kind === 'bounce' ? '' : (line.caseName ?? ''))} width={20} autocomplete="off" error={error('name')} />
        <Button kind="secondary" small>併為補充</Button>
      </Form>
    </Card>
  )
}

/** What became of a bounce, or why a letter is no petition. A petition is registered even where nothing need be done. */
function Dismiss({ line, typed, error }: LetterForm) {
  const isBounce = line.kind === 'bounce'
  const hint = isBounce ? '例：已改用電話通知、地址已更正後重寄' : '廣告、誤寄、自動回覆才用這裡；陳情即使不予處理也要成案登錄（行政程序法 §173）。信會留著，之後還可以成案'
  return (
    <Card title={isBounce ? '處理完了' : '不成案'}>
      <Form action={letterPath(line.id, 'dismiss')} formKey={randomUUID()}>
        <TextInput name="reason" label={isBounce ? '怎麼處理的' : '理由'} hint={hint} value={typed.reason} error={error('reason')} />
        <Button kind={isBounce ? 'primary' : 'secondary'} small>{isBounce ? '處理完了' : '不成案'}</Button>
      </Form>
    </Card>
  )
}

function factsOf(line: InboxLine): { key: string; value: ComponentChildren }[] {
  const message = line.mailId === null ? null : messagePathOf(line.mailId)
  return [
    { key: '處理情形', value: <><strong>{handledText(line)}</strong>{line.handledAt && <><br /><span class="muted">{rocDateTime(line.handledAt)} {line.handledBy ?? '自動'}</span></>}{line.reason && <><br />{line.reason}</>}</> },
    { key: '收到', value: <><InstantText at={line.receivedAt} /><br /><span class="muted">{line.mailbox}</span></> },
    { key: '寄件人', value: <>{line.sender}{line.fromProgram && <><br /><span class="muted">由程式寄出，不自動回信</span></>}</> },
    { key: '案件', value: line.caseName ? <a href={petitionPath(line.caseName)}>{line.caseName}</a> : '沒有' },
    { key: '來信序號', value: <><span class="nowrap number">{recordName('petition_inbox', line.id)}</span>{line.held && <><br /><Tag tone="waiting">保留中，暫不銷毀</Tag></>}</> },
    { key: '原始郵件', value: <a href={letterPath(line.id, 'original')} data-turbo="false">下載，內容未經更動</a> },
    ...(message ? [{ key: line.kind === 'bounce' ? '退回的信' : '回的信', value: <a href={message}>看寄出的信</a> }] : []),
    ...(line.note ? [{ key: '說明', value: line.note }] : []),
  ]
}

function LetterText({ letter: read }: { letter: ReadLetter }) {
  const names = read.attachments.map((attachment) => attachment.filename || attachment.mediaType)
  return (
    <>
      <Letter text={cleanText(read.text).slice(0, 20_000) || '（這封信沒有文字內容。）'} />
      {names.length > 0 && <p class="muted">附件（在原始郵件裡）：{names.join('、')}</p>}
      {read.warnings.map((warning) => <p key={warning.code} class="muted small">{warning.message}</p>)}
    </>
  )
}

export const routes = [
  get(letterPath(':id'), 'petitions.inbox', (request) => letter(request)),
  get(letterPath(':id', 'original'), 'petitions.inbox', async (request) => {
    const line = await getLine(request)
    return file(await readDocument(line.sha256), originalMediaType, `來信-${line.id}.eml`)
  }),
  post(letterPath(':id', 'petition'), 'petitions.inbox', async (request) => {
    const result = await makeLetterAPetition(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? letter(request, result) : redirect(petitionPath(result.value.name), '已成案，請登錄分文')
  }),
  post(letterPath(':id', 'case'), 'petitions.inbox', async (request) => {
    const result = await addLetterToCase(request.caller, { ...request.form, id: request.params.id })
    return isRefusal(result) ? letter(request, result) : redirect(petitionPath(result.value.name), '已併為補充資料')
  }),
  post(letterPath(':id', 'dismiss'), 'petitions.inbox', async (request) => {
    const result = await dismissLetters(request.caller, { ...request.form, ids: [request.params.id] })
    return isRefusal(result) ? letter(request, result) : redirect(inboxPath, '已記下，信留在「已處理」')
  }),
]
