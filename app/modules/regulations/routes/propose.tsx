import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { may, type Person, reach } from '../../../core/identity/permissions.ts'
import { printText } from '../../../core/laws/print-text.ts'
import { textForAmendment } from '../../../core/laws/store.ts'
import { endingKinds } from '../../../core/laws/tables.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { listPath, newPath, regulationPath } from '../paths.ts'
import { proposeRegulation, saveDraft } from '../propose.ts'
import { findRegulation } from '../queries.ts'
import { namesOf } from '../some-articles.ts'
import { categories, type Change, changeName, changes, type Instrument, instruments } from '../schema.ts'

type LawChoice = { code: string; name: string; id: number; kind: Instrument; category: string | null; endsOn: Day | null }

/** First what is to be done, to which regulation; then its form, with the text in force to write in. */
async function start(request: StaffRequest): Promise<Reply> {
  const laws = await findOwnLaws(request.db, request.today)
  const change = request.query.change as Change | undefined
  const law = laws.find(({ code }) => code === request.query.law)
  if (change && change in changes && (change === 'enact' || law)) return form(request, change, law ?? null)
  const wanting = change && change in changes && change !== 'enact' ? '請選擇要異動的法規' : undefined
  return consolePage(request, {
    title: '提出法規案', heading: '提出法規案', current: listPath, breadcrumbs: [{ text: '法規案', href: listPath }, { text: '提出' }],
    children: (
      <>
        {wanting && <ErrorSummary errors={[{ text: wanting, field: 'law' }]} />}
        <form action={newPath} method="get">
          <Radios name="change" label="要做什麼" value={change ?? 'enact'} options={Object.entries(changes).map(([value, text]) => ({ value, text }))} />
          <Select name="law" label="哪一個法規" hint="制（訂）定新法規不必選。" required={false} empty="選擇法規" error={wanting} options={laws.map(({ code, name }) => ({ value: code, text: name }))} />
          <ButtonGroup><Button>下一步</Button><a href={listPath}>取消</a></ButtonGroup>
        </form>
      </>
    ),
  })
}

async function form(request: StaffRequest, change: Change, law: LawChoice | null, failed?: Refusal): Promise<Reply> {
  const units = await findUnits(request.db, request.person)
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  const text = value('text') ?? (law && change === 'amend' ? printText(await textForAmendment(request.db, law.id, request.today)) : '')
  const title = `${law ? changeName(change, law.kind) : '制（訂）定'}${law ? `「${law.name}」` : '法規'}`
  return consolePage(
    request,
    {
      title, heading: title, current: listPath, breadcrumbs: [{ text: '法規案', href: listPath }, { text: '提出', href: newPath }, { text: title }],
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          <Form action={newPath} formKey={randomUUID()} id="propose" keep>
            <input type="hidden" name="change" value={change} />
            {law && <><input type="hidden" name="lawCode" value={law.code} /><input type="hidden" name="instrument" value={law.kind} /></>}
            {!law && <Radios name="instrument" label="種類" value={value('instrument') ?? 'ordinance'} error={error('instrument')} options={Object.entries(instruments).map(([code, label]) => ({ value: code, text: label, ...(hints[code as Instrument] ? { hint: hints[code as Instrument]! } : {}) }))} />}
            <DraftFields change={change} value={(name) => (name === 'text' ? text : (value(name) ?? (name === 'title' ? law?.name : name === 'category' ? (law?.category ?? undefined) : name === 'endsOn' && law?.endsOn ? rocDay(law.endsOn) : undefined)))} all={(name) => request.all(name)} error={error} />
            <Select name="unitId" label="主辦單位" value={value('unitId') ?? String(request.person.posts[0]?.unitId ?? '')} error={error('unitId')} empty="選擇單位" options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
            <ButtonGroup><Button>提出</Button><a href={listPath}>取消</a></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

const hints: Partial<Record<Instrument, string>> = { ordinance: '經議會通過、由縣政府公布；涉及居民權利義務、有罰則的要用自治條例（地方制度法 §28）。', rule: '由縣政府訂定發布（地方制度法 §27）。', delegated: '辦理上級機關委辦事項，經核定後發布（§29）。', administrative: '機關內部的規定（行政程序法 §159）。' }

type Fields = { change: Change; value(name: string): string | undefined; all(name: string): string[]; error(name: string): string | undefined }

function DraftFields({ change, value, all, error }: Fields) {
  const wording = change === 'enact' || change === 'amend'
  return (
    <>
      <TextInput name="title" label="法規名稱" value={value('title')} error={error('title')} width={30} />
      <Select name="category" label="分類" value={value('category')} empty="未分類" error={error('category')} options={[...new Set([...categories, ...(value('category') ? [value('category')!] : [])])].map((name) => ({ value: name, text: name }))} />
      <TextArea name="reason" label="總說明" hint="為什麼要這樣規定、改了哪些。" value={value('reason')} error={error('reason')} rows={6} />
      {wording && <TextArea name="text" label={change === 'amend' ? '修正後的全部條文' : '全部條文'} hint="直接在現行條文上改。每條以「第一條」或「第 1 條」開頭，要點以「一、」開頭；刪除的條號留著，內容寫（刪除）。對照表由系統產生。" value={value('text')} error={error('text')} rows={24} serif />}
      {(change === 'suspend' || change === 'resume') && <TextInput name="articles" label="哪幾條" hint="空白是整部法規；只有幾條的，填條號，例如 第三條、第五條之一" required={false} width={30} value={value('articles')} error={error('articles')} />}
      {wording && <TextInput name="endsOn" label="施行期限" hint="限時法規才填：施行到哪一天為止，例如 116/12/31。期滿當然廢止（中央法規標準法 §23；本縣自治法規類推適用，待法制單位確認）。" required={false} width={10} value={value('endsOn')} error={error('endsOn')} autocomplete="off" />}
      {wording && <Checkboxes name="penalty" label="罰則" labelSize="s" values={ticked(value, all, 'penalty')} error={error('penalty')} options={[{ value: 'yes', text: '有罰則，公布前要報請核定（地方制度法 §26 IV）' }]} />}
      <Checkboxes name="gazetted" label="行政規則" labelSize="s" values={ticked(value, all, 'gazetted')} options={[{ value: 'yes', text: '解釋性規定或裁量基準，由首長簽署並登載公報（行政程序法 §160 II）' }]} />
      <Checkboxes name="internal" label="公開" labelSize="s" values={ticked(value, all, 'internal')} options={[{ value: 'yes', text: '純屬內部的行政規則，不放在網站' }]} />
    </>
  )
}

const ticked = (value: Fields['value'], all: Fields['all'], name: string) => (all(name).length ? all(name) : value(name) === 'yes' ? ['yes'] : [])

async function edit(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findRegulation(request.db, request.person, request.params.name!)
  const kept: Record<string, string | undefined> = { title: file.name, category: file.category ?? undefined, reason: file.reason, text: file.draft ?? '', endsOn: file.endsOn ? rocDay(file.endsOn) : '', articles: file.articles ? namesOf(file.articles, file.instrument === 'administrative') : '', penalty: file.penalty ? 'yes' : '', gazetted: file.gazetted ? 'yes' : '', internal: file.public ? '' : 'yes' }
  return consolePage(
    request,
    {
      title: `改草案：${file.title}`, heading: '改草案', current: listPath,
      breadcrumbs: [{ text: '法規案', href: listPath }, { text: file.number, href: regulationPath(file.number) }, { text: '改草案' }],
      headingNote: <a href={regulationPath(file.number)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          <Form action={regulationPath(file.number, 'draft')} formKey={randomUUID()} id="draft" keep>
            <DraftFields change={file.change} value={(name) => (failed ? request.form[name] : kept[name])} all={(name) => request.all(name)} error={errorOf(failed)} />
            <ButtonGroup><Button>存檔</Button><a href={regulationPath(file.number)}>取消</a></ButtonGroup>
          </Form>
          <Card title="怎麼寫" plain><p>存檔後，案件頁會列出和現行條文的對照。</p></Card>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

/** The county's laws that a proposal may change: those not over today. */
async function findOwnLaws(reader: Reader, today: Day): Promise<LawChoice[]> {
  return (await sql<LawChoice>`select id, code, name, kind, category, ends_on as "endsOn" from laws l where kind <> 'national' and (ends_on is null or ends_on >= ${today}) and not exists (select from law_changes h where h.law_id = l.id and h.kind = any(${endingKinds}::text[])) order by name`.execute(reader)).rows
}

/** Units for which this person may propose, current ones. */
async function findUnits(reader: Reader, person: Person): Promise<{ id: number; name: string }[]> {
  const units = await reader.selectFrom('units').select(['id', 'name']).where('valid_until', 'is', null).orderBy('code').execute()
  return reach(person, 'regulations.propose').all ? units : units.filter(({ id }) => may(person, 'regulations.propose', { unitId: id, officerId: null }))
}

export const routes: Route[] = [
  get(newPath, 'regulations.propose', start),
  post(newPath, 'regulations.propose', async (request) => {
    const result = await proposeRegulation(request.caller, request.form)
    if (!isRefusal(result)) return redirect(regulationPath(result.value.number), `已提出，案號 ${result.value.number}`)
    const law = (await findOwnLaws(request.db, request.today)).find(({ code }) => code === request.form.lawCode)
    return form(request, (request.form.change as Change) in changes ? (request.form.change as Change) : 'enact', law ?? null, result)
  }),
  get(`${listPath}/:name/draft`, 'regulations.draft', (request) => edit(request)),
  post(`${listPath}/:name/draft`, 'regulations.draft', async (request) => {
    const name = request.params.name!
    const result = await saveDraft(request.caller, { ...request.form, name })
    return isRefusal(result) ? edit(request, result) : redirect(regulationPath(name), '草案已存')
  }),
]
