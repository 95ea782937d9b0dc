import { isRefusal } from '../../../../core/errors.ts'
import { post, redirect } from '../../../../core/web/route.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { Letter } from '../../../../ui/components/law.tsx'
import { InsetText, WarningText } from '../../../../ui/components/notes.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { actRoutes } from '../../casepage/act-page.tsx'
import { pendingOf } from '../../casepage/case-file.ts'
import { Letters } from '../../casepage/letters.tsx'
import { caseView } from '../../casepage/routes/show.tsx'
import { AskedText, Work } from '../../casepage/work.tsx'
import { worklistPath, petitionPath } from '../../paths.ts'
import { decide, type Decided, recallSubmission } from '../decide.ts'
import { submissionNames } from '../submissions.ts'

const decision = actRoutes<undefined, Decided>({
  act: 'approve',
  title: (file) => `核定：${submissionNames[pendingOf(file)?.what ?? 'answer']}`,
  fields: ({ file, request, value, error }) => {
    const pending = pendingOf(file)
    if (!pending) return null
    const draft = file.drafts.find((one) => one.id === pending.draftId)
    const own = pending.submittedBy === request.person.id
    return (
      <>
        <input type="hidden" name="submissionId" value={pending.id} />
        {own && <WarningText>這是您自己送的，要由其他主管或代理人決定。</WarningText>}
        <Card title={draft ? `答復（第 ${draft.version} 版）` : submissionNames[pending.what]}>
          <p class="muted small">{pending.submitterName} 陳核</p>
          <AskedText submission={pending} />
          {draft && <Letter text={draft.text} serif />}
          {draft?.remedyAdvice && <InsetText><strong>救濟方法</strong><br />{draft.remedyAdvice}</InsetText>}
          {draft && draft.remedy === 'none' && <p class="muted small">救濟教示：無涉</p>}
        </Card>
        <TextArea name="comment" label="意見" hint="退回時要寫，承辦人才知道怎麼改。" required={false} rows={3} value={value('comment')} error={error('comment')} />
      </>
    )
  },
  buttons: () => (
    <>
      <Button name="decision" value="approved">核定</Button>
      <Button name="decision" value="sent-back" kind="secondary">退回修改</Button>
    </>
  ),
  beside: ({ file }) => <><Letters file={file} /><Details summary="辦理紀錄" id="work-record"><Work file={file} /></Details></>,
  run: (request, name) => decide(request.caller, { ...request.form, name }),
  done: ({ outcome }, _request, name) => ({ flash: { approved: `${name} 已核定`, 'passed-on': `${name} 已核可，續陳單位主管`, 'sent-back': `${name} 已退回修改` }[outcome], to: worklistPath }),
})

const recall = [
  post('/console/petitions/:name/recall', 'petitions.recall', async (request) => {
    const name = request.params.name!
    const result = await recallSubmission(request.caller, { ...request.form, name })
    return isRefusal(result) ? caseView(request, name, result.message) : redirect(petitionPath(name), '已抽回，可以再修改')
  }),
]

export const routes = [...decision, ...recall]
