import { type Colleague, type DeputyLine, findColleagues } from '../../core/identity/deputies.ts'
import { roles, type Role } from '../../core/identity/permissions.ts'
import type { Reader } from '../../core/db.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { Button, DayText, Form, Radios, Table, TextInput } from '../../ui/index.ts'

/** `為民服務科・clerk` in the words of the office. */
export function withRoleNames(posts: string | null): string {
  return posts ? posts.replace(/・([a-z-]+)/g, (_, role: string) => `・${roles[role as Role] ?? role}`) : '目前沒有職務'
}

const shownMost = 20

export type DeputyChoice = { words: string; colleagues: Colleague[] }

/** Whom one may choose: who fits the words searched for, else the colleagues of the own bureaux. */
export async function deputyChoice(reader: Reader, personId: number, words: string | undefined, today: Day): Promise<DeputyChoice> {
  return { words: words ?? '', colleagues: await findColleagues(reader, personId, words ?? '', today, shownMost) }
}

type Props = {
  choice: DeputyChoice
  /** where the page with the search lies, and where the choice is sent */
  page: string
  action: string
  formKey: string
  form: Record<string, string | undefined>
  error(field: string): string | undefined
}

/** Finding a colleague, then from when to when. Two plain forms: it works without script. */
export function DeputyForm({ choice: { words, colleagues }, page, action, formKey, form, error }: Props) {
  return (
    <>
      <Form action={page} method="get">
        <div class="cluster cluster--end">
          <TextInput name="q" label="找人" hint="姓名、帳號或單位的一部分；不填就列出自己單位的同仁" value={words} width={20} autocomplete="off" />
          <Button kind="secondary">找</Button>
        </div>
      </Form>
      {colleagues.length === 0
        ? <p>沒有符合「{words}」而且使用中的人員，請換個寫法再找。</p>
        : (
          <Form action={action} formKey={formKey}>
            <input type="hidden" name="q" value={words} />
            <Radios name="deputyLogin" label={words ? `符合「${words}」的人員` : '自己單位的同仁'} value={form.deputyLogin} error={error('deputyLogin')}
              hint={colleagues.length === shownMost ? `只列前 ${shownMost} 人，請再寫清楚一點` : undefined}
              options={colleagues.map(({ login, name, posts }) => ({ value: login, text: name, hint: `${withRoleNames(posts)}　${login}` }))} />
            <TextInput name="fromDay" label="起日" hint="例如 110/9/27" value={form.fromDay} error={error('fromDay')} width={10} />
            <TextInput name="untilDay" label="迄日" hint="含這一天" value={form.untilDay} error={error('untilDay')} width={10} />
            <Button>設定代理</Button>
          </Form>
        )}
    </>
  )
}

/** Deputies of today and later, each of which can be ended. `endPath` gets the id of the line. */
export function Deputies({ deputies, today, endPath }: { deputies: DeputyLine[]; today: Day; endPath(id: number): string }) {
  return (
    <Table<DeputyLine>
      caption="職務代理"
      captionHidden
      rows={deputies}
      rowKey={({ id }) => id}
      empty={<p>目前沒有設定代理人。不在的期間請設定，陳核的案件才不會停下來。</p>}
      columns={[
        { heading: '代理人', rowHeader: true, cell: ({ name, login }) => <>{name} <span class="muted">{login}</span></> },
        { heading: '期間', cell: ({ from_day: from, until_day: until }) => <><DayText day={from} />到<DayText day={until} />{from <= today && '（代理中）'}</> },
        { heading: '結束', width: 'fit', cell: ({ id, name, from_day: from, until_day: until }) => (
          <Form action={endPath(id)}><Button kind="secondary" small confirm={`結束${name}從 ${rocDay(from)} 到 ${rocDay(until)} 的代理？要恢復請重新設定。`} confirmAction="結束代理">結束代理</Button></Form>
        ) },
      ]}
    />
  )
}
