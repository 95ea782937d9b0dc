import { randomUUID } from 'node:crypto'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Checkboxes, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import type { Refusal } from '../../errors.ts'
import { rocDay } from '../../time.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { findCommittee, seatedOn } from '../committee.ts'
import { type Hearing, membersPath, newMeetingPath } from '../hearing.ts'
import { genderWarning, refuseComposition } from '../rules.ts'
import { modes, seats } from '../words.ts'

export const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, text]) => ({ value, text }))

export async function planPage(hearing: Hearing, request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const [committee, waiting] = await Promise.all([findCommittee(request.db, hearing), hearing.eligible(request.db, request.person)])
  const seated = committee ? seatedOn(committee.members, request.today) : []
  const value = (name: string) => request.form[name]
  const error = errorOf(failed)
  const warning = committee && (refuseComposition(committee.rules, seated)?.message ?? genderWarning(committee.rules, seated))
  const body = () => {
    if (committee && !seated.length) return <EmptyState title={`${committee.name}還沒有委員`} action={<ButtonLink href={membersPath(hearing)}>登錄委員</ButtonLink>}>登錄委員和任期之後，才能排定會議。</EmptyState>
    return (
      <Form action={newMeetingPath(hearing)} formKey={randomUUID()} id="meeting" keep>
        {warning && <WarningText>{warning}</WarningText>}
        <TextInput name="on" label="開會日期" hint={`例：${rocDay(request.today)}`} value={value('on')} error={error('on')} width={10} />
        <TextInput name="startsAt" label="時間" value={value('startsAt') ?? '09:30'} error={error('startsAt')} width={5} />
        <TextInput name="place" label="地點" value={value('place')} error={error('place')} width={20} />
        <Select name="mode" label="方式" value={value('mode') ?? 'on-site'} options={options(modes)} />
        <TextInput name="sitting" label="第幾次會議" required={false} value={value('sitting')} error={error('sitting')} width={4} inputmode="numeric" />
        <TextInput name="chair" label="主席" {...(committee ? { hint: '不填就是主任委員；因故由他人代理主席時填姓名。', required: false } : {})} value={value('chair')} error={error('chair')} width={10} />
        {committee && <p>{committee.name}現有委員 {seated.length} 人：{seated.map(({ name, seat, outside }) => `${name}${seat === 'member' ? '' : `（${seats[seat]}）`}${outside ? '（外聘）' : ''}`).join('、')}。<a href={membersPath(hearing)}>看名單與任期</a></p>}
        <TextArea name="people" label={committee ? '列席人員' : '出席人員'} hint="一行一位，可以加職稱：王示範，工務處科長" required={!committee} rows={committee ? 3 : 6} value={value('people')} error={error('people')} />
        {waiting.length > 0 ? (
          <Checkboxes name="items" label={`要審議的${hearing.itemLabel}`} error={error('items')} required={false} values={request.all('items')} options={waiting.map(({ number, title }) => ({ value: number, text: `${number} ${title}` }))} />
        ) : <WarningText>目前沒有等待審議的{hearing.itemLabel}。</WarningText>}
        <TextArea name="others" label="其他議題" hint="一行一案，例如：確認前次會議紀錄" required={false} rows={2} value={value('others')} error={error('others')} />
        <ButtonGroup><Button>排定</Button><a href={hearing.path}>取消</a></ButtonGroup>
      </Form>
    )
  }
  return consolePage(request, {
    title: '排定會議', heading: `排定${hearing.label}`, current: hearing.path, breadcrumbs: [{ text: hearing.label, href: hearing.path }, { text: '排定' }],
    children: <>{failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}{body()}</>,
  }, failed ? 422 : 200)
}
