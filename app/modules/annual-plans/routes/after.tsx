import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { levels } from '../../control/index.ts'
import { admitLater } from '../cut.ts'
import { proposalPath, proposalsBase, roundPath, roundsPath } from '../paths.ts'
import { findProposal, type ProposalFile } from '../queries.ts'
import { linkProposal, trackProposal } from '../track.ts'

const frame = (request: StaffRequest, file: ProposalFile, heading: string, failed: Refusal | undefined, children: preact.ComponentChildren): Reply => consolePage(request, {
  title: `${heading}：${file.title}`, heading, current: roundsPath, breadcrumbs: [{ text: `${file.year} 年度`, href: roundPath(file.year) }, { text: file.number, href: proposalPath(file.number) }, { text: heading }],
  headingNote: <a href={proposalPath(file.number)}>{file.title}</a>,
  children: <>{failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}{children}</>,
}, failed ? 422 : 200)

async function track(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findProposal(request.db, request.person, request.params.number!)
  if (file.outcome !== 'admitted') throw new NotFound('納入概算的提報才能列管')
  const error = errorOf(failed)
  const value = (name: string, usual: string) => request.form[name] ?? usual
  return frame(request, file, '列為管考計畫', failed, (
    <>
      <Form action={proposalPath(file.number, 'track')} formKey={randomUUID()} id={`track-${file.number}`} keep>
        <p>名稱、內容、核列經費與主辦單位照這件提報帶入；每月預定進度先照日數平均，列管後可以修正。</p>
        <Radios name="level" label="列管類別" value={value('level', 'major')} error={error('level')} options={Object.entries(levels).map(([key, text]) => ({ value: key, text }))} />
        <TextInput name="startOn" label="開始日期" value={value('startOn', `${file.year}/1/1`)} error={error('startOn')} width={10} />
        <TextInput name="finishOn" label="完成期限" value={value('finishOn', `${file.toYear}/12/31`)} error={error('finishOn')} width={10} />
        <ButtonGroup><Button>列管</Button><a href={proposalPath(file.number)}>取消</a></ButtonGroup>
      </Form>
      <h2>已經在列管</h2>
      <Form action={proposalPath(file.number, 'link')} formKey={randomUUID()} id={`link-${file.number}`}>
        <TextInput name="project" label="列管計畫案號" hint="延續計畫如果已經列管，連到那一件，不重複列管。例如 管110-000012" value={request.form.project} error={error('project')} width={20} />
        <ButtonGroup><Button kind="secondary">連結</Button></ButtonGroup>
      </Form>
    </>
  ))
}

async function later(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const file = await findProposal(request.db, request.person, request.params.number!)
  if (file.outcome !== 'not-admitted') throw new NotFound('未納入的提報才能補列')
  const error = errorOf(failed)
  return frame(request, file, '補列納入', failed, (
    <Form action={proposalPath(file.number, 'admit')} formKey={randomUUID()} id={`admit-${file.number}`} keep>
      <p>原來的審定清單不變；補列另外加簽章保存，理由會和原來的結果一起顯示。</p>
      <TextInput name="meeting" label="決定的會議或核定" value={request.form.meeting} error={error('meeting')} width={30} />
      <TextInput name="meetingOn" label="決定日期" value={request.form.meetingOn ?? rocDay(request.today)} error={error('meetingOn')} width={10} />
      <TextArea name="why" label="補列理由" value={request.form.why} error={error('why')} rows={3} />
      <ButtonGroup><Button>補列</Button><a href={proposalPath(file.number)}>取消</a></ButtonGroup>
    </Form>
  ))
}

export const routes: Route[] = [
  get(`${proposalsBase}/:number/track`, 'control.manage', (request) => track(request)),
  post(`${proposalsBase}/:number/track`, 'control.manage', async (request) => {
    const number = request.params.number!
    const result = await trackProposal(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? track(request, result) : redirect(proposalPath(number), `已列管，案號 ${result.value.number}`)
  }),
  post(`${proposalsBase}/:number/link`, 'control.manage', async (request) => {
    const number = request.params.number!
    const result = await linkProposal(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? track(request, result) : redirect(proposalPath(number), `已連到 ${result.value.number}`)
  }),
  get(`${proposalsBase}/:number/admit`, 'annual-plans.decide', (request) => later(request)),
  post(`${proposalsBase}/:number/admit`, 'annual-plans.decide', async (request) => {
    const number = request.params.number!
    const result = await admitLater(request.caller, { ...request.form, name: number })
    return isRefusal(result) ? later(request, result) : redirect(proposalPath(number), '已補列納入')
  }),
]
