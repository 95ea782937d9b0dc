import { randomUUID } from 'node:crypto'
import { may } from '../../../core/identity/permissions.ts'
import { maskAddress, maskEmail, maskName, maskPhone, unseal } from '../../../core/personal-data/index.ts'
import { rocDay } from '../../../core/time.ts'
import type { StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { nameOf } from '../appeal.ts'
import { appealPath } from '../paths.ts'
import type { AppealFile, Party } from '../queries.ts'
import { partyRoles } from '../schema.ts'
import { purposes } from './acts.ts'

/** 當事人, masked until somebody says why they need to know. */
export function PartiesCard({ request, file, opened }: { request: StaffRequest; file: AppealFile; opened: boolean }) {
  const besides = file.agencyUnitId === null ? [] : [file.agencyUnitId]
  return (
    <Card title="當事人" id="parties">
      {file.parties.map((party) => <SummaryList key={party.id} rows={rowsOf(party, opened, file.parties)} />)}
      {may(request.person, 'appeals.parties', file) && file.stage !== 'closed' && <p><a href={appealPath(nameOf(file), 'parties')}>加入或終止當事人</a></p>}
      {opened ? <p class="muted small">這次查看已留下紀錄，10 分鐘內有效。</p> : may(request.person, 'appeals.open-personal-data', file, besides) && (
        <Details summary="顯示個人資料" id="open-personal-data">
          <Form action={appealPath(nameOf(file), 'personal-data')} formKey={randomUUID()}>
            <Select name="reason" label="為了什麼" options={purposes.map((text) => ({ value: text, text }))} empty="請選擇" />
            <Button kind="secondary" small>顯示</Button>
            <p class="muted small">這次查看會留下紀錄。</p>
          </Form>
        </Details>
      )}
    </Card>
  )
}

/** A company's name is public; a person's is masked. */
export const calledOf = (party: Pick<Party, 'isPerson' | 'name'>, opened = false): string => (party.isPerson && !opened ? maskName(unseal(party.name)) : (unseal(party.name) ?? '已銷毀'))

function rowsOf(party: Party, opened: boolean, all: readonly Party[]) {
  const [email, phone, address, id, born] = [unseal(party.email), unseal(party.phone), unseal(party.address), unseal(party.idNumber), unseal(party.bornOn)]
  const [after, before] = [all.find((one) => Number(one.succeeds) === Number(party.id)), all.find((one) => Number(one.id) === Number(party.succeeds))]
  const until = party.until ? `（${rocDay(party.until)} 止${after ? `，由${calledOf(after, opened)}承受` : ''}）` : before ? `（${rocDay(party.since)} 承受${calledOf(before, opened)}）` : ''
  return [
    { key: `${partyRoles[party.role]}${party.lawyer ? '（律師）' : ''}`, value: `${calledOf(party, opened)}${until}` },
    { key: '身分證明文件', value: id && (opened ? id : '••••') }, { key: '出生', value: born && (opened ? born : '••••') },
    { key: '電話', value: phone && (opened ? phone : maskPhone(phone)) }, { key: '電子郵件', value: email && (opened ? email : maskEmail(email)) }, { key: '住居所', value: address && (opened ? address : maskAddress(address)) },
  ].filter(({ value }) => value)
}
