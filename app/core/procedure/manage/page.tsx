import { randomUUID } from 'node:crypto'
import type { Reader } from '../../db.ts'
import { NotFound, type Refusal } from '../../errors.ts'
import { may } from '../../identity/permissions.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { nameOf, type StepState } from '../step.ts'
import type { Managed } from './managed.ts'

export const managePath = <State extends StepState>({ procedure }: Pick<Managed<State>, 'procedure'>, state: State, what?: string) => procedure.path(nameOf(state), `manage${what ? `/${what}` : ''}`)

/** Whose case it is and who may see it. */
export async function managePage<State extends StepState>(of: Managed<State>, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const { procedure } = of
  const state = await procedure.find(request.db, request.person, request.params.name!)
  const [assigns, confides] = [may(request.person, of.assign, state), may(request.person, of.confide, state)]
  if (!assigns && !confides) throw new NotFound('找不到這個頁面')
  const name = nameOf(state)
  const props = { of, request, state, failed }
  return consolePage(request, {
    title: `承辦人與保密：${state.title}`, heading: '承辦人與保密', current: procedure.listPath, breadcrumbs: [{ text: procedure.title, href: procedure.listPath }, { text: name, href: procedure.path(name) }, { text: '承辦人與保密' }],
    headingNote: <a href={procedure.path(name)}>{state.title}</a>,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        {assigns && !state.closedAt && <Officer {...props} people={await findOfficers(request.db, of.officers)} />}
        {confides && <Secrecy {...props} />}
        {confides && state.confidential && <Readers {...props} readers={await findReaders(request.db, state.id)} />}
      </>
    ),
  }, failed ? 422 : 200)
}

type Props<State extends StepState> = { of: Managed<State>; request: StaffRequest; state: State; failed: Refusal | undefined }

function Officer<State extends StepState>({ of, request, state, failed, people }: Props<State> & { people: { id: number; name: string }[] }) {
  return (
    <Card title="承辦人">
      <Form action={managePath(of, state, 'officer')} formKey={randomUUID()} id="officer">
        <Select name="officerId" label="交給" value={request.form.officerId ?? (state.officerId === null ? undefined : String(state.officerId))} error={errorOf(failed)('officerId')} empty="請選擇" options={people.map((one) => ({ value: String(one.id), text: one.name }))} />
        <Button kind="secondary">指定承辦人</Button>
      </Form>
    </Card>
  )
}

function Secrecy<State extends StepState>({ of, request, state, failed }: Props<State>) {
  return (
    <Card title="保密">
      <p>{state.confidential ? '已列為保密，只有承辦人和指名的人看得到。解除以後，依職務看得到的人都看得到。' : '沒有列為保密。列為保密以後，只有承辦人和指名的人看得到，相關機關也看不到。'}</p>
      <Form action={managePath(of, state, 'confide')} formKey={randomUUID()} id="confide">
        <input type="hidden" name="confidential" value={state.confidential ? '0' : '1'} />
        <TextInput name="reason" label="理由" value={request.form.reason} error={errorOf(failed)('reason')} width={30} />
        <Button kind="secondary">{state.confidential ? '解除保密' : '列為保密'}</Button>
      </Form>
    </Card>
  )
}

type NamedReader = { id: number; name: string; login: string }

function Readers<State extends StepState>({ of, request, state, failed, readers }: Props<State> & { readers: NamedReader[] }) {
  return (
    <Card title="指名閱覽">
      {readers.length === 0 && <p class="muted">沒有指名別人，只有承辦人看得到。</p>}
      <ul class="stack">
        {readers.map((one) => (
          <li key={one.id}>
            <Form action={managePath(of, state, 'remove-reader')} formKey={randomUUID()} id={`reader-${one.id}`}>
              <input type="hidden" name="reader" value={String(one.id)} />
              <div class="cluster">{one.name}（{one.login}）<Button kind="secondary" small confirm={`${one.name} 就看不到這件了。`}>移除 {one.name}</Button></div>
            </Form>
          </li>
        ))}
      </ul>
      <Form action={managePath(of, state, 'name-reader')} formKey={randomUUID()} id="name-reader">
        <TextInput name="login" label="同仁的帳號" value={request.form.login} error={errorOf(failed)('login')} width={20} autocomplete="off" />
        <Button kind="secondary">指名</Button>
      </Form>
    </Card>
  )
}

const findReaders = (reader: Reader, caseId: number): Promise<NamedReader[]> =>
  reader.selectFrom('case_readers').innerJoin('people', 'people.id', 'case_readers.person_id').select(['case_readers.id', 'people.name', 'login']).where('case_id', '=', caseId).where('ended_at', 'is', null).orderBy('case_readers.id').execute()

const findOfficers = (reader: Reader, roles: Managed<StepState>['officers']): Promise<{ id: number; name: string }[]> =>
  reader.selectFrom('people').innerJoin('posts', 'posts.person_id', 'people.id').select(['people.id', 'people.name']).distinct().where('posts.role', 'in', [...roles]).where('posts.valid_until', 'is', null).where('locked_at', 'is', null).orderBy('people.id').execute()
