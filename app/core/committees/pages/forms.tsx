import { randomUUID } from 'node:crypto'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { AskField } from '../../procedure/ask-field.tsx'
import { typedAnswer } from '../../procedure/told.ts'
import { rocDay } from '../../time.ts'
import type { StaffRequest } from '../../web/route.ts'
import { decisionLabels, type Hearing, meetingPath } from '../hearing.ts'
import type { Reached } from '../invite.ts'
import type { HeldItem, HeldPerson, MeetingFile } from '../queries.ts'
import { attendances, modes, votes } from '../words.ts'
import { options } from './plan.tsx'

type Props = { hearing: Hearing; file: MeetingFile; request: StaffRequest; error: (field: string) => string | undefined }

/** Who is there, what is decided: kept as often as one likes, then the meeting ends. */
export function RecordForm({ hearing, file, request, error }: Props) {
  const value = (name: string) => request.form[name]
  const { inPerson } = hearing.committee?.rules ?? { inPerson: null }
  return (
    <Card title="會議進行">
      <Form action={meetingPath(hearing, file.number, 'record')} formKey={randomUUID()} id="minutes" keep>
        <Fieldset legend="出席">
          <div class="cluster">{file.people.map((one) => <Attending key={one.id} one={one} value={value} error={error} inPerson={inPerson !== null} />)}</div>
        </Fieldset>
        {file.items.map((item) => <Deciding key={item.id} hearing={hearing} item={item} value={value} error={error} />)}
        <TextArea name="remarks" label="發言要旨及其他" hint={hearing.parties ? '出席和上面各項由系統寫進紀錄，這裡寫其他要記的事。' : '出席、決議、表決、迴避和不同意見由系統寫進紀錄，這裡寫其他要記的事。'} required={false} rows={5} value={value('remarks') ?? file.remarks} error={error('remarks')} />
        <TextInput name="endsAt" label="散會時間" required={false} value={value('endsAt') ?? file.endsAt} error={error('endsAt')} width={5} />
        <ButtonGroup>
          <Button name="next" value="finish" confirm={hearing.parties ? `結束後紀錄不能再改，案件依${hearing.parties.decision}往下走。` : '會議結束後，各案依決議往下走，出席和決議不能再改。'}>存檔並結束會議</Button>
          <Button name="next" value="keep" kind="secondary">先存檔</Button>
        </ButtonGroup>
      </Form>
    </Card>
  )
}

type Fields = { value: (name: string) => string | undefined; error: (field: string) => string | undefined }

function Attending({ one, value, error, inPerson }: Fields & { one: HeldPerson; inPerson: boolean }) {
  const { deputy: _deputy, ...inPersonOnly } = attendances
  return (
    <>
      <Select name={`attendance-${one.id}`} label={`${one.name}${one.title ? `（${one.title}）` : ''}`} labelSize="s" value={value(`attendance-${one.id}`) ?? one.attendance ?? 'present'} error={error(`attendance-${one.id}`)} options={options(inPerson && one.seat !== 'other' ? inPersonOnly : attendances)} />
      {(value(`attendance-${one.id}`) ?? one.attendance) === 'deputy' && <TextInput name={`deputy-${one.id}`} label={`代理 ${one.name} 的人`} labelSize="s" required={false} value={value(`deputy-${one.id}`) ?? one.deputy} width={10} />}
    </>
  )
}

function Deciding({ hearing, item, value, error }: Fields & { hearing: Hearing; item: HeldItem }) {
  const byName = item.ballots.some(({ vote }) => vote)
  const title = `${item.number ? `${item.number} ` : ''}${item.subject}`
  const counted = { for: item.tally?.for, against: item.tally?.against, abstain: item.tally?.abstain }
  return (
    <Fieldset legend={title}>
      <Select name={`decision-${item.id}`} label={hearing.parties?.decision ?? `${item.number ?? item.subject} 的決議`} labelSize="s" value={value(`decision-${item.id}`) ?? item.decision} empty={`選擇${hearing.parties?.decision ?? '決議'}`} error={error(`decision-${item.id}`)} options={options(decisionLabels(hearing))} />
      <TextArea name={`text-${item.id}`} label={hearing.parties ? `${hearing.parties.decision}的說明` : `${item.number ?? item.subject} 決議內容`} labelSize="s" required={false} rows={2} value={value(`text-${item.id}`) ?? item.text} error={error(`text-${item.id}`)} />
      {item.caseId !== null && hearing.asks?.map((ask) => <AskField key={ask.name} ask={{ ...ask, name: `${ask.name}-${item.id}`, label: hearing.parties ? ask.label : `${item.number ?? item.subject} ${ask.label}` }} state={undefined as never} value={value(`${ask.name}-${item.id}`) ?? typedAnswer(ask, item.answers[ask.name])} error={error(`${ask.name}-${item.id}`)} />)}
      {hearing.parties ? null : byName ? <p>記名表決：贊成 {counted.for}、反對 {counted.against}、棄權 {counted.abstain}。</p> : (
        <Details summary={`表決票數（${item.number ?? item.subject}）`} open={item.tally !== null || Object.keys(votes).some((vote) => error(`${vote}-${item.id}`))}>
          <p class="muted">沒有人反對就不用填，紀錄寫「出席委員無異議」。</p>
          {Object.entries(votes).map(([vote, label]) => <TextInput key={vote} name={`${vote}-${item.id}`} label={label} labelSize="s" required={false} width={3} inputmode="numeric" value={value(`${vote}-${item.id}`) ?? counted[vote as keyof typeof counted]} error={error(`${vote}.${item.id}`)} />)}
        </Details>
      )}
    </Fieldset>
  )
}

/** By mail to the heads of the units that sit and to whom else one types; or only that it was sent in another way. */
export function InviteForms(props: Props & { reached: readonly Reached[] }) {
  return <>{props.file.heldOn >= props.request.today && <InviteByMail {...props} />}<InviteForm {...props} /></>
}

function InviteByMail({ hearing, file, request, error, reached }: Props & { reached: readonly Reached[] }) {
  const all = reached.map(({ unitId }) => String(unitId))
  const silent = file.people.filter(({ unitId }) => !reached.some((one) => one.unitId === unitId))
  const failed = ['invite-units', 'addresses', 'words'].some((field) => error(field) !== undefined)
  return (
    <Details summary="寄開會通知" open={failed}>
      <Form action={meetingPath(hearing, file.number, 'invite-by-mail')} formKey={randomUUID()} id="invitation-mail" keep>
        <p class="muted">每個地址一封，附議程和可以加到行事曆的檔案（.ics）。</p>
        {all.length > 0 && <Checkboxes name="invite-units" label="寄給單位主管" required={false} error={error('invite-units')} values={failed ? request.all('invite-units') : all} options={reached.map(({ unitId, unit, head }) => ({ value: String(unitId), text: `${unit} ${head}` }))} inline />}
        <TextArea name="addresses" label="其他收件地址" hint={`一行一個電子郵件。${silent.length ? `系統沒有地址的出席人員：${silent.map(({ name }) => name).join('、')}。` : ''}`} required={false} rows={2} value={request.form.addresses} error={error('addresses') ?? (all.length ? undefined : error('invite-units'))} />
        <TextArea name="words" label="附帶的話" required={false} rows={2} value={request.form.words} error={error('words')} />
        <Button kind="secondary">寄出</Button>
      </Form>
    </Details>
  )
}

function InviteForm({ hearing, file, request, error }: Props) {
  return (
    <Details summary="登錄開會通知已發文" open={error('on') !== undefined}>
      <Form action={meetingPath(hearing, file.number, 'invite')} formKey={randomUUID()} id="invitation">
        <TextInput name="on" label="發文日期" hint={`例：${rocDay(request.today)}`} value={request.form.on ?? rocDay(request.today)} error={error('on')} width={10} />
        <Button kind="secondary">登錄發文</Button>
      </Form>
    </Details>
  )
}

/** What is on the agenda now, ticked, and what could be added. */
export function AgendaForm({ hearing, file, error, waiting }: Props & { waiting: { number: string; title: string }[] }) {
  const now = file.items.flatMap(({ number, subject }) => (number ? [{ number, title: subject }] : []))
  const all = [...now, ...waiting.filter(({ number }) => !now.some((one) => one.number === number))]
  return (
    <Details summary="變更議程" open={error('items') !== undefined}>
      <Form action={meetingPath(hearing, file.number, 'agenda')} formKey={randomUUID()} id="agenda">
        {all.length > 0 && <Checkboxes name="items" label={hearing.itemLabel} required={false} error={error('items')} values={now.map(({ number }) => number)} options={all.map(({ number, title }) => ({ value: number, text: `${number} ${title}` }))} />}
        <TextArea name="others" label="其他議題" hint="一行一案。" required={false} rows={2} value={file.items.filter(({ number }) => !number).map(({ subject }) => subject).join('\n')} error={error('others')} />
        <Button kind="secondary">存成新的議程</Button>
      </Form>
    </Details>
  )
}

/** Another day, time or place. */
export function MoveForm({ hearing, file, request, error }: Props) {
  const fields = ['newOn', 'newStartsAt', 'newPlace', 'why']
  const value = (name: string, now?: string) => request.form[name] ?? now
  return (
    <Details summary="改期、改地點" open={fields.some((field) => error(field) !== undefined)}>
      <Form action={meetingPath(hearing, file.number, 'move')} formKey={randomUUID()} id="move" keep>
        <p class="muted">寄過開會通知的地址都會收到改期的信，附可以更新行事曆的檔案（.ics）。</p>
        <TextInput name="newOn" label="新的開會日期" hint={`例：${rocDay(request.today)}`} value={value('newOn', rocDay(file.heldOn))} error={error('newOn')} width={10} />
        <TextInput name="newStartsAt" label="新的開始時間" value={value('newStartsAt', file.startsAt)} error={error('newStartsAt')} width={5} />
        <TextInput name="newPlace" label="新的地點" value={value('newPlace', file.place)} error={error('newPlace')} width={20} />
        <Select name="newMode" label="新的方式" value={value('newMode', file.mode)} options={options(modes)} />
        <TextInput name="why" label="改期的理由" value={value('why')} error={error('why')} width={20} />
        <Button kind="secondary">改期</Button>
      </Form>
    </Details>
  )
}

export function CancelForm({ hearing, file, error }: Props) {
  return (
    <Details summary="會議取消" open={error('reason') !== undefined}>
      <Form action={meetingPath(hearing, file.number, 'cancel')} formKey={randomUUID()} id="cancel">
        <p class="muted">寄過開會通知的地址都會收到取消的信，附可以取消行事曆上這次會議的檔案（.ics）。</p>
        <TextInput name="reason" label="取消的理由" error={error('reason')} width={20} />
        <Button kind="danger">取消會議</Button>
      </Form>
    </Details>
  )
}

export function ApprovalForm({ hearing, file, request, error }: Props) {
  return (
    <Card title="確認會議紀錄">
      <Form action={meetingPath(hearing, file.number, 'approve')} formKey={randomUUID()} id="approval">
        <TextInput name="on" label="確認日期" hint={`下次會議確認，或主席核定的日子。例：${rocDay(request.today)}`} value={request.form.on} error={error('on')} width={10} />
        <TextInput name="note" label="說明" hint="例如：第 12 次會議確認；修正之處也寫在這裡。" required={false} value={request.form.note} error={error('note')} width={30} />
        <Button kind="secondary">確認紀錄</Button>
      </Form>
    </Card>
  )
}
