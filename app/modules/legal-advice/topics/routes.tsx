import { randomUUID } from 'node:crypto'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { askPath, questionPath, topicPath, topicsPath } from '../paths.ts'
import { deleteQuestion, saveQuestion, saveSpeciality } from './acts.ts'
import { findTopics, type Topic, type TopicQuestion } from './queries.ts'

/** 諮詢類別, and the questions that lead to them. */
async function list(request: StaffRequest): Promise<Reply> {
  const { specialities, questions } = await findTopics(request.db)
  const leadsTo = (answer: TopicQuestion['answers'][number]) => (answer.next ? `再問：${questions.find(({ id }) => id === answer.next)?.text ?? ''}` : (specialities.find(({ id }) => id === answer.speciality)?.name ?? ''))
  return consolePage(request, {
    title: '類別與引導問題', heading: '類別與引導問題', current: topicsPath,
    actions: <ButtonGroup><ButtonLink kind="secondary" href={questionPath('new')}>加一個問題</ButtonLink><ButtonLink href={topicPath('new')}>加一個類別</ButtonLink></ButtonGroup>,
    children: (
      <>
        <Table<Topic>
          caption="諮詢類別" rows={specialities} rowKey={(row) => row.id} rowHref={(row) => topicPath(row.id)}
          columns={[
            { heading: '順序', cell: (row) => row.position, numeric: true },
            { heading: '類別', cell: (row) => <a href={topicPath(row.id)}>{row.name}</a>, rowHeader: true, width: 'fit' },
            { heading: '說明', cell: (row) => row.hint || '沒有說明', width: 'grow' },
            { heading: '英文', cell: (row) => (row.nameEn ? <span lang="en">{row.nameEn}</span> : '未填'), width: 'fit', wideOnly: true },
            { heading: '律師', cell: (row) => row.lawyers, numeric: true },
            { heading: '狀態', cell: (row) => (row.active ? <Tag tone="done">開放</Tag> : <Tag tone="ended">停用</Tag>), width: 'fit' },
          ]}
        />
        {specialities.some(({ active, lawyers }) => active && lawyers === 0) && <p class="muted">沒有律師辦理的類別，民眾選了會看到「目前沒有這一類的場次」。</p>}
        <h2>引導問題</h2>
        <p>民眾按「開始預約」會從第一題問起，答案帶到下一題或一個類別。<a href={askPath('zh')}>照民眾的樣子試一次</a></p>
        {questions.map((question) => (
          <Card key={question.id} title={question.text} level={3} actions={<a href={questionPath(question.id)}>修改<span class="govuk-visually-hidden">：{question.text}</span></a>}>
            {question.first && <p><Tag tone="active">第一題</Tag></p>}
            <ul>{question.answers.map((answer) => <li key={answer.id}>{answer.text} → {leadsTo(answer)}</li>)}</ul>
          </Card>
        ))}
      </>
    ),
  })
}

async function topic(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { specialities } = await findTopics(request.db)
  const id = request.params.id!
  const own = specialities.find((one) => String(one.id) === id)
  if (id !== 'new' && !own) throw new NotFound('找不到這個類別')
  const kept: Record<string, string> = own ? { name: own.name, hint: own.hint, nameEn: own.nameEn, hintEn: own.hintEn, position: String(own.position) } : { position: String(specialities.length + 1) }
  const value = (name: string) => (failed ? request.form[name] : kept[name])
  const error = errorOf(failed)
  const title = own ? own.name : '加一個類別'
  return consolePage(request, {
    title, heading: title, current: topicsPath, breadcrumbs: [{ text: '類別與引導問題', href: topicsPath }, { text: title }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={topicPath(id)} formKey={randomUUID()} id="topic" keep>
          <TextInput name="name" label="名稱" value={value('name')} error={error('name')} width={10} />
          <TextInput name="hint" label="說明" hint="幾個例子，讓民眾認得出來。" required={false} value={value('hint')} error={error('hint')} width={30} />
          <TextInput name="nameEn" label="英文名稱" hint="英文網頁用；留白就顯示中文。" required={false} value={value('nameEn')} error={error('nameEn')} width={20} />
          <TextInput name="hintEn" label="英文說明" required={false} value={value('hintEn')} error={error('hintEn')} width={30} />
          <TextInput name="position" label="順序" inputmode="numeric" value={value('position')} error={error('position')} width={3} />
          <Checkboxes name="active" label="開放" labelSize="s" values={failed ? request.all('active') : own && !own.active ? [] : ['yes']} error={error('active')} options={[{ value: 'yes', text: '民眾可以選這一類' }]} />
          <ButtonGroup><Button>存檔</Button><a href={topicsPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

const answersMost = 10

async function question(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { specialities, questions } = await findTopics(request.db)
  const id = request.params.id!
  const own = questions.find((one) => String(one.id) === id)
  if (id !== 'new' && !own) throw new NotFound('找不到這個問題')
  const error = errorOf(failed)
  const value = (name: string, kept: string | undefined) => (failed ? request.form[name] : kept)
  const target = (answer: TopicQuestion['answers'][number] | undefined) => (answer?.next ? `q${answer.next}` : answer?.speciality ? `s${answer.speciality}` : undefined)
  const targets = [
    { group: '帶到類別', options: specialities.filter(({ active }) => active).map((one) => ({ value: `s${one.id}`, text: one.name })) },
    { group: '再問一題', options: questions.filter((one) => String(one.id) !== id).map((one) => ({ value: `q${one.id}`, text: one.text })) },
  ].filter(({ options }) => options.length)
  return consolePage(request, {
    title: own ? '改引導問題' : '加一個引導問題', current: topicsPath, breadcrumbs: [{ text: '類別與引導問題', href: topicsPath }, { text: own ? '改問題' : '加問題' }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={questionPath(id)} formKey={randomUUID()} id="question" keep>
          <TextInput name="text" label="問題" value={value('text', own?.text)} error={error('text')} width={30} />
          <TextInput name="hint" label="說明" required={false} value={value('hint', own?.hint)} error={error('hint')} width={30} />
          <TextInput name="textEn" label="英文問題" hint="英文網頁用；留白就顯示中文。" required={false} value={value('textEn', own?.textEn)} error={error('textEn')} width={30} />
          <TextInput name="hintEn" label="英文說明" required={false} value={value('hintEn', own?.hintEn)} error={error('hintEn')} width={30} />
          {Array.from({ length: answersMost }, (_, i) => i + 1).map((no) => (
            <div key={no}>
              <TextInput name={`answer-${no}`} label={`答案 ${no}`} labelSize="s" required={no <= 2} value={value(`answer-${no}`, own?.answers[no - 1]?.text)} error={error(`answer-${no}`)} width={20} />
              <TextInput name={`answer-en-${no}`} label={`答案 ${no} 的英文`} labelSize="s" required={false} value={value(`answer-en-${no}`, own?.answers[no - 1]?.textEn)} error={error(`answer-en-${no}`)} width={20} />
              <Select name={`to-${no}`} label={`答案 ${no} 帶到`} labelSize="s" required={no <= 2} value={value(`to-${no}`, target(own?.answers[no - 1]))} error={error(`to-${no}`)} empty="選擇" options={targets} />
            </div>
          ))}
          <ButtonGroup><Button>存檔</Button><a href={topicsPath}>取消</a></ButtonGroup>
        </Form>
        {own && !own.first && <Details summary="刪除這個問題" id="delete"><Form action={`${questionPath(own.id)}/delete`} id="delete-it"><Button kind="danger">刪除</Button></Form></Details>}
      </>
    ),
  }, failed ? 422 : 200)
}

/** An answer's sentence at the field in which it was written. */
function byField(refused: Refusal): Refusal {
  if (!refused.fields) return refused
  const name = (field: string) => field.replace(/^answers\.(\d+)\.text(En)?$/, (_, at: string, english?: string) => `answer-${english ? 'en-' : ''}${Number(at) + 1}`)
  return { ...refused, fields: Object.fromEntries(Object.entries(refused.fields).map(([field, text]) => [name(field), text])) }
}

const idOf = ({ params }: StaffRequest) => (params.id === 'new' ? {} : { id: params.id })

export const routes: Route[] = [
  get(topicsPath, 'legal-advice.topics', list),
  get(questionPath(':id'), 'legal-advice.topics', (request) => question(request)),
  post(questionPath(':id'), 'legal-advice.topics', async (request) => {
    const answers = Array.from({ length: answersMost }, (_, i) => ({ text: request.form[`answer-${i + 1}`] ?? '', textEn: request.form[`answer-en-${i + 1}`] ?? '', to: request.form[`to-${i + 1}`] ?? '' }))
    const result = await saveQuestion(request.caller, { ...request.form, ...idOf(request), answers })
    return isRefusal(result) ? question(request, byField(result)) : redirect(topicsPath, '問題已存')
  }),
  post(`${questionPath(':id')}/delete`, 'legal-advice.topics', async (request) => {
    const result = await deleteQuestion(request.caller, { id: request.params.id })
    return isRefusal(result) ? question(request, result) : redirect(topicsPath, '問題已刪除')
  }),
  get(topicPath(':id'), 'legal-advice.topics', (request) => topic(request)),
  post(topicPath(':id'), 'legal-advice.topics', async (request) => {
    const result = await saveSpeciality(request.caller, { ...request.form, ...idOf(request) })
    return isRefusal(result) ? topic(request, result) : redirect(topicsPath, '類別已存')
  }),
]
