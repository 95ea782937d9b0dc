import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { hourOf } from '../booking/words.ts'
import { listPath, sessionPath } from '../paths.ts'
import { findFreeSlots, findSession } from '../sessions/queries.ts'
import { findTopics } from '../topics/queries.ts'
import { bookAtCounter, takeWalkIn } from './acts.ts'

/** Somebody at the counter or on the telephone: a time for them, or a number in today's queue. */
async function form(request: StaffRequest, kind: 'book' | 'walk-in', failed?: Refusal): Promise<Reply> {
  const file = await findSession(request.db, request.person, request.params.number!)
  const [slots, { specialities }] = await Promise.all([kind === 'book' ? findFreeSlots(request.db, file.id, request.now) : [], findTopics(request.db)])
  const offered = specialities.filter(({ active, id }) => active && file.desks.some((desk) => desk.specialities.includes(id)))
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  const title = kind === 'book' ? '代為預約' : '現場候位'
  return consolePage(request, {
    title: `${title} ${file.number}`, heading: title, current: listPath, breadcrumbs: [{ text: '法律諮詢場次', href: listPath }, { text: file.number, href: sessionPath(file.number) }, { text: title }],
    headingNote: <a href={sessionPath(file.number)}>{file.title}</a>,
    children: kind === 'book' && !slots.length ? <EmptyState title="沒有空的時間" action={<a href={sessionPath(file.number)}>回場次</a>}>有人取消時，時間會先給候補的人。</EmptyState> : (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={sessionPath(file.number, kind)} formKey={randomUUID()} id="person" keep>
          {kind === 'book' && <Select name="slot" label="時間" value={value('slot')} error={error('slot')} empty="選擇時間" options={slots.map((slot) => ({ value: String(slot.id), text: `${hourOf(slot.at)}　第 ${slot.desk} 桌 ${slot.lawyer}` }))} />}
          <Select name="speciality" label="類別" value={value('speciality')} error={error('speciality')} empty="選擇類別" options={offered.map(({ id, name }) => ({ value: String(id), text: name }))} />
          <TextInput name="name" label="姓名" value={value('name')} error={error('name')} width={10} />
          <TextInput name="phone" type="tel" label="電話" required={false} value={value('phone')} error={error('phone')} width={10} />
          <TextInput name="opponent" label="對方的姓名" hint="只用來檢核利益衝突；不要寫案情。" required={false} value={value('opponent')} error={error('opponent')} width={10} />
          <TextInput name="email" type="email" label="電子郵件" hint="有填才寄通知和提醒。" required={false} value={value('email')} error={error('email')} width={20} />
          <Select name="language" label="語言" hint="通知信用的語言，律師也會看到。" value={value('language') ?? 'zh'} error={error('language')} options={[{ value: 'zh', text: '中文' }, { value: 'en', text: '英文' }]} />
          <ButtonGroup><Button>{kind === 'book' ? '預約' : '領號碼'}</Button><a href={sessionPath(file.number)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

const at = (what: string) => sessionPath(':number', what)
const input = (request: StaffRequest) => ({ ...request.form, session: request.params.number, origin: request.origin })

export const routes: Route[] = [
  get(at('book'), 'legal-advice.counter', (request) => form(request, 'book')),
  post(at('book'), 'legal-advice.counter', async (request) => {
    const result = await bookAtCounter(request.caller, input(request))
    return isRefusal(result) ? form(request, 'book', result) : redirect(sessionPath(request.params.number!), `已預約，編號 ${result.value.number}`)
  }),
  get(at('walk-in'), 'legal-advice.counter', (request) => form(request, 'walk-in')),
  post(at('walk-in'), 'legal-advice.counter', async (request) => {
    const result = await takeWalkIn(request.caller, input(request))
    return isRefusal(result) ? form(request, 'walk-in', result) : redirect(sessionPath(request.params.number!), `號碼 ${result.value.ticket}，請等候叫號`)
  }),
]
