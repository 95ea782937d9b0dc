import { randomUUID } from 'node:crypto'
import { commonCard } from '../../../core/cases/common-card.tsx'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { caseFileRoute, findCaseFiles } from '../../../core/procedure/case-files.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { holds } from '../../../core/identity/permissions.ts'
import { holdForum, noteOpinion, publishForum, writeText } from '../acts.ts'
import { attachFiles, FilesPart } from '../files.tsx'
import { forumPath, forumsPath, listPath, programmePath } from '../paths.ts'
import { findProgrammeState, visibleTo } from '../programme.ts'
import { findForum, findProgrammeFile } from '../queries.ts'
import { forumKind, forumStages, headingOptions, headings, opinionResults, townships } from '../schema.ts'

export async function frame(request: StaffRequest, heading: string, failed: Refusal | undefined, children: preact.ComponentChildren): Promise<Reply> {
  const state = await findProgrammeState(request.db, request.person, request.params.name!)
  const back = programmePath(state.number!)
  return consolePage(request, {
    title: `${heading}：${state.title}`, heading, current: listPath, breadcrumbs: [{ text: state.number!, href: back }, { text: heading }], headingNote: <a href={back}>{state.title}</a>,
    children: <>{failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}{children}</>,
  }, failed ? 422 : 200)
}

function newForum(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const error = errorOf(failed)
  const { form } = request
  const name = request.params.name!
  return frame(request, '登錄座談會', failed, (
    <Form action={programmePath(name, 'forum')} formKey={randomUUID()} id="hold-forum" keep>
      <TextInput name="subject" label="主題" value={form.subject} error={error('subject')} width={30} />
      <TextInput name="heldOn" label="日期" value={form.heldOn ?? rocDay(request.today)} error={error('heldOn')} width={10} />
      <Select name="township" label="鄉鎮" value={form.township} error={error('township')} empty="選擇鄉鎮" options={townships.map((text) => ({ value: text, text }))} />
      <TextInput name="place" label="地點" value={form.place} error={error('place')} width={30} />
      <TextInput name="attendance" label="出席人數" inputmode="numeric" suffix="人" value={form.attendance} error={error('attendance')} width={5} />
      <ButtonGroup><Button>登錄</Button><a href={programmePath(name)}>取消</a></ButtonGroup>
    </Form>
  ))
}

async function text(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const state = await findProgrammeState(request.db, request.person, request.params.name!)
  const heading = Number(request.params.heading)
  const title = headings[heading - 1]
  if (!title) throw new NotFound('方案只有十五款')
  const kept = (await findProgrammeFile(request.db, state.id)).texts.find((one) => one.heading === heading)?.text
  return frame(request, `${heading}. ${title}`, failed, (
    <Form action={programmePath(state.number!, `texts/${heading}`)} formKey={randomUUID()} id={`text-${heading}`} keep>
      <TextArea name="text" label="內容" hint="離島建設條例 §5；留白存檔就是拿掉這一款的內容。" required={false} value={request.form.text ?? kept} error={errorOf(failed)('text')} rows={16} />
      <ButtonGroup><Button>存檔</Button><a href={programmePath(state.number!)}>取消</a></ButtonGroup>
    </Form>
  ))
}

async function forum(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findForum(request.db, request.person, request.params.number!)
  const manages = holds(request.person, 'programme.manage')
  return consolePage(request, {
    title: `${file.number} ${file.subject}`, heading: file.subject, current: listPath, breadcrumbs: [{ text: file.programme, href: programmePath(file.programme) }, { text: file.number }],
    headingNote: <><span class="nowrap number">{file.number}</span><Tag tone={file.stage === 'closed' ? 'done' : 'active'}>{forumStages[file.stage as keyof typeof forumStages]}</Tag></>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <SummaryList columns={4} rows={[{ key: '日期', value: <DayText day={file.heldOn} weekday /> }, { key: '地點', value: `${file.township ?? ''} ${file.place}`.trim() }, { key: '出席', value: `${file.attendance} 人` }, { key: '公開', value: file.publishedAt ? '已公開' : '未公開' }]} />
        {manages && <Form action={forumPath(file.number, 'publish')} formKey={randomUUID()}><input type="hidden" name="public" value={file.publishedAt ? 'no' : 'yes'} /><ButtonGroup><Button kind="secondary">{file.publishedAt ? '停止公開' : '公開這場座談會'}</Button></ButtonGroup></Form>}
        <h2>意見與處理</h2>
        {file.opinions.length === 0 && <p class="muted">還沒有登錄意見。</p>}
        {file.opinions.map((one, i) => (
          <Card key={one.id} title={<>意見 {i + 1}　<Tag tone={one.result === 'open' ? 'waiting' : 'done'}>{opinionResults[one.result]}</Tag></>} level={3}>
            {one.heading && <p class="muted">{one.heading}. {headings[one.heading - 1]}</p>}
            <Letter text={one.text} />
            {one.reply && <><h4>處理</h4><Letter text={one.reply} /></>}
            {manages && <Details summary={`更改意見 ${i + 1}`}><OpinionForm number={file.number} one={one} request={request} failed={Number(request.form.opinion) === one.id ? failed : undefined} /></Details>}
          </Card>
        ))}
        <FilesPart files={await findCaseFiles(request.db, file.id)} path={(what) => forumPath(file.number, what)} manages={manages} chosen={request.form.kind} failed={failed} />
        {await commonCard(request.db, file.id)}
        {manages && <Card title="登錄一則意見"><p class="muted">只記說了什麼，不記是誰說的。</p><OpinionForm number={file.number} request={request} failed={request.form.opinion ? undefined : failed} /></Card>}
      </>
    ),
  }, failed ? 422 : 200)
}

type Opinion = { id: number; heading: number | null; text: string; result: string; reply: string }

function OpinionForm({ number, one, request, failed }: { number: string; one?: Opinion; request: StaffRequest; failed: Refusal | undefined }) {
  const error = errorOf(failed)
  const mark = one ? `-${one.id}` : ''
  const value = (name: 'heading' | 'text' | 'result' | 'reply') => (failed ? request.form[name] : String(one?.[name] ?? ''))
  return (
    <Form action={forumPath(number, 'opinions')} formKey={randomUUID()} id={`opinion${mark || '-new'}`}>
      {one && <input type="hidden" name="opinion" value={one.id} />}
      <Select name="heading" id={`heading${mark}`} label="關於哪一款" required={false} value={value('heading')} error={error('heading')} empty="不分款" options={headingOptions} />
      <TextArea name="text" id={`text${mark}`} label="意見" value={value('text')} error={error('text')} rows={3} />
      <Select name="result" id={`result${mark}`} label="處理情形" value={value('result') || 'open'} error={error('result')} options={Object.entries(opinionResults).map(([key, label]) => ({ value: key, text: label }))} />
      <TextArea name="reply" id={`reply${mark}`} label="怎麼處理、為什麼" required={false} value={value('reply')} error={error('reply')} rows={3} />
      <ButtonGroup><Button kind="secondary">存意見</Button></ButtonGroup>
    </Form>
  )
}

export const routes: Route[] = [
  get(`${listPath}/:name/forum`, 'programme.manage', (request) => newForum(request)),
  post(`${listPath}/:name/forum`, 'programme.manage', async (request) => {
    const result = await holdForum(request.caller, { ...request.form, name: request.params.name! })
    return isRefusal(result) ? newForum(request, result) : redirect(forumPath(result.value.number), '已登錄座談會')
  }),
  get(`${listPath}/:name/texts/:heading`, 'programme.manage', (request) => text(request)),
  post(`${listPath}/:name/texts/:heading`, 'programme.manage', async (request) => {
    const result = await writeText(request.caller, { ...request.form, name: request.params.name!, heading: request.params.heading })
    return isRefusal(result) ? text(request, result) : redirect(programmePath(request.params.name!), `已存「${result.value.title}」`)
  }),
  get(`${forumsPath}/:number`, 'programme.read', (request) => forum(request)),
  post(`${forumsPath}/:number/opinions`, 'programme.manage', async (request) => {
    const result = await noteOpinion(request.caller, { ...request.form, name: request.params.number! })
    return isRefusal(result) ? forum(request, result) : redirect(forumPath(request.params.number!), '意見已存')
  }),
  caseFileRoute({ kind: forumKind, read: 'programme.read', listPath: forumsPath }, (person) => visibleTo(person)),
  post(`${forumsPath}/:number/files`, 'programme.manage', async (request) => {
    const result = await attachFiles(request.caller, { ...request.form, name: request.params.number!, files: request.files })
    return isRefusal(result) ? forum(request, result) : redirect(forumPath(request.params.number!), `已附上 ${result.value.files} 個檔案`)
  }, { upload: true }),
  post(`${forumsPath}/:number/publish`, 'programme.manage', async (request) => {
    const result = await publishForum(request.caller, { ...request.form, name: request.params.number! })
    return isRefusal(result) ? forum(request, result) : redirect(forumPath(request.params.number!), request.form.public === 'yes' ? '已公開' : '已停止公開')
  }),
]
