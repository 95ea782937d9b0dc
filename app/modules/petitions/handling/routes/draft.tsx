import { randomUUID } from 'node:crypto'
import { uploadLimits } from '../../../../core/documents/accept.ts'
import { isRefusal, type Refusal } from '../../../../core/errors.ts'
import { post, redirect } from '../../../../core/web/route.ts'
import { Attachments } from '../../../../ui/components/attachments.tsx'
import { Button } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { Radios } from '../../../../ui/components/choices.tsx'
import { FileUpload } from '../../../../ui/components/file-upload.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { Fieldset } from '../../../../ui/components/fieldset.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { actRoutes, type FormState } from '../../casepage/act-page.tsx'
import { type CaseFile, caseNameOf } from '../../casepage/case-file.ts'
import { Letters } from '../../casepage/letters.tsx'
import { Work } from '../../casepage/work.tsx'
import { caseView } from '../../casepage/routes/show.tsx'
import { acceptUploads } from '../../../../core/documents/accepted-files.ts'
import { petitionPath } from '../../paths.ts'
import { dropAnswerFile } from '../answer-files.ts'
import { answerMax, saveDraft } from '../draft.ts'
import { submitAnswer } from '../submit.ts'

type Question = CaseFile['questions'][number]
type Extra = undefined

const draft = actRoutes<Extra, { version: number; found: string[] }>({
  act: 'draft',
  title: (file) => (file.drafts.length ? '修改答復' : '擬答'),
  multipart: true,
  fields: (form) => {
    const { file, value, error } = form
    const latest = file.drafts[0]
    const remedy = value('remedy') ?? latest?.remedy ?? 'undecided'
    return (
      <>
        <input type="hidden" name="basedOn" value={latest?.version ?? 0} />
        <TextArea name="text" label="答復內容" hint="直接寫要告訴陳情人的話；開頭的問候、案號和署名會自動加上。" rows={16} maxLength={answerMax} serif value={value('text') ?? latest?.text} error={error('text')} />
        <QuestionMarks form={form} />
        <Radios
          name="remedy"
          label="救濟方法"
          hint="陳情的事項可以提起訴願、訴訟或請求國家賠償時，要告訴陳情人（行政程序法 §172 II）。"
          value={remedy === 'undecided' ? '' : remedy}
          error={error('remedy')}
          options={[
            { value: 'none', text: '無涉' },
            { value: 'given', text: '要告知', reveals: <TextArea name="remedyAdvice" label="救濟教示" rows={4} value={value('remedyAdvice') ?? latest?.remedyAdvice} error={error('remedyAdvice')} /> },
          ]}
        />
        <FileUpload name="files" label="隨答復寄出的附件" hint="合計 10 MB 以內；核定以前陳情人看不到。圖片、PDF 和文書檔裡的作者、拍攝地點等資料會自動清除；GIF、影音檔不會，請先自行清除。" required={false} multiple maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files} error={error('files')} />
      </>
    )
  },
  buttons: () => (
    <>
      <Button name="next" value="submit">存檔並陳核</Button>
      <Button name="next" value="stay" kind="secondary">存成新版本</Button>
    </>
  ),
  beside: ({ file }) => <><AnswerFiles file={file} /><Letters file={file} /><Work file={file} /></>,
  run: async (request, name) => {
    const { form } = request
    const questions = Object.keys(form).flatMap((field) => {
      const no = /^question-(\d+)$/.exec(field)?.[1]
      return no ? [{ no, state: form[field], note: form[`question-${no}-note`] }] : []
    })
    const accepted = await acceptUploads(request.files)
    if (isRefusal(accepted)) return accepted
    const saved = await saveDraft(request.caller, { ...form, files: accepted.files, remedy: form.remedy || 'undecided', questions, name })
    if (isRefusal(saved) || form.next !== 'submit') return saved
    const submitted = await submitAnswer(request.caller, { name })
    // the draft is kept; what is missing is said above it
    return isRefusal(submitted) ? notYet(submitted, saved.value) : saved
  },
  done: ({ version, found }, request, name) => ({ flash: [request.form.next === 'submit' ? `${name} 的答復已陳核` : `已存第 ${version} 版`, ...found].join('；') }),
})

/** What is missing, each beside its field; the first says that the draft was kept. */
function notYet(refused: Refusal, { version, found }: { version: number; found: string[] }): Refusal {
  const kept = [`第 ${version} 版已存`, ...found].join('；') + '。'
  const fields = Object.entries(refused.fields ?? {}).map(([check, text], i) => [fieldOf(check), i ? text : `${kept}還不能陳核：${text}`])
  return { ...refused, message: kept + refused.message, ...(fields.length ? { fields: Object.fromEntries(fields) } : { field: 'text' }) }
}

const fieldOf = (check: string): string => ({ questions: 'question-1', remedy: 'remedy' })[check] ?? 'text'

function QuestionMarks({ form: { file, value } }: { form: FormState<Extra> }) {
  if (!file.questions.length) return null
  return (
    <Fieldset legend="逐項核對來信的問題" hint="每一題都要在上面答到，或註明為什麼不適用。">
      {file.questions.map((question) => <QuestionMark key={question.no} question={question} state={value(`question-${question.no}`) ?? question.state} note={value(`question-${question.no}-note`) ?? question.note ?? ''} />)}
    </Fieldset>
  )
}

function QuestionMark({ question, state, note }: { question: Question; state: string; note: string }) {
  const name = `question-${question.no}`
  return (
    <Radios
      name={name}
      label={`${question.no}. ${question.text}`}
      value={state === 'open' ? '' : state}
      inline
      options={[
        { value: 'answered', text: '已答' },
        { value: 'not-applicable', text: '不適用', reveals: <TextInput name={`${name}-note`} label="為什麼" required={false} value={note} /> },
      ]}
    />
  )
}

/** Files already put to the draft; outside its form, since each can be taken away by itself. */
function AnswerFiles({ file }: { file: CaseFile }) {
  const files = file.documents.filter((document) => document.kind === 'answer-draft')
  if (!files.length) return null
  const path = petitionPath(caseNameOf(file), 'drop-answer-file')
  return (
    <Card title="隨答復寄出的附件">
      <Attachments
        files={files.map((document) => ({
          name: document.name,
          href: petitionPath(caseNameOf(file), `files/${document.id}`),
          bytes: document.size,
          action: <Form action={path} formKey={randomUUID()}><Button small kind="quiet" name="fileId" value={String(document.id)}>不寄<span class="govuk-visually-hidden">{document.name}</span></Button></Form>,
        }))}
      />
    </Card>
  )
}

const drop = [
  post('/console/petitions/:name/drop-answer-file', 'petitions.draft', async (request) => {
    const name = request.params.name!
    const result = await dropAnswerFile(request.caller, { ...request.form, name })
    return isRefusal(result) ? caseView(request, name, result.message) : redirect(petitionPath(name, 'draft'), '這個檔案不會隨答復寄出')
  }),
]

/** From the case page, once the draft is whole. */
const submit = [
  post('/console/petitions/:name/submit', 'petitions.submit', async (request) => {
    const name = request.params.name!
    const result = await submitAnswer(request.caller, { ...request.form, name })
    return isRefusal(result) ? caseView(request, name, result.message) : redirect(petitionPath(name), `${name} 的答復已陳核`)
  }),
]


export const routes = [...draft, ...drop, ...submit]
