import { randomUUID } from 'node:crypto'
import { NotFound, type Refusal } from '../../errors.ts'
import { may } from '../../identity/permissions.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { AskField } from '../ask-field.tsx'
import { findParties } from '../parties.ts'
import { nameOf, type StepState, stepOf } from '../step.ts'
import { asksWith, kindsOf, type Letters, newLetterPath, stepWith, takesStep } from './letter.ts'
import { RecipientFields, usualRecipients } from './recipients.tsx'

/** Before the draft: what the step that goes with the letter asks, and whom the letter goes to. */
export async function newLetterPage<State extends StepState>(letters: Letters<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { procedure } = letters
  const state = await procedure.find(request.db, request.person, request.params.name!)
  const id = request.params.kind!
  if (!Object.hasOwn(letters.kinds, id) || !may(request.person, letters.draft, state) || (!failed && !kindsOf(letters, state).includes(id))) throw new NotFound('這件現在不用這種文書')
  const kind = letters.kinds[id]!
  const with_ = stepWith(kind)
  const step = with_ !== null && takesStep(letters, kind, state) ? stepOf(procedure, with_) : null
  const asks = asksWith(kind, step)
  const name = nameOf(state)
  const [value, error] = [(field: string) => request.form[field], errorOf(failed)]
  const parties = await findParties(request.db, state.id)
  return consolePage(request, {
    title: `製作${kind.title}：${state.title}`, heading: `製作${kind.title}`, current: procedure.listPath,
    breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: kind.title }], headingNote: <a href={procedure.path(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <p>
          {kind.hint}{kind.law && <span class="muted">（{kind.law}）</span>}
          {step && <> {kind.issues ? `核發時一併登錄「${step.label}」，日期和文號以核發的為準。` : `登錄送達時一併登錄「${step.label}」。`}</>} 下一頁可以改草稿，由另一位同仁核對後核發。
        </p>
        <Form action={newLetterPath(letters, state, id)} formKey={randomUUID()} id={`letter-${id}`} keep>
          {asks.map((ask) => <AskField key={ask.name} ask={ask} state={state} value={failed ? (value(ask.name) ?? '') : undefined} error={error(ask.name)} />)}
          {step?.because && <TextArea name="note" label={step.because} rows={6} value={value('note')} error={error('note')} />}
          <RecipientFields letters={letters} parties={parties} error={error('others')} usual={failed ? { parties: Object.fromEntries(parties.map((one) => [one.id, value(`party-${one.id}`) ?? ''])), others: value('others') ?? '', othersCc: value('othersCc') ?? '' } : usualRecipients(kind, state, parties)} />
          <ButtonGroup><Button>擬稿</Button><a href={procedure.path(name)}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}
