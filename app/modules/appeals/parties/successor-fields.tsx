import { Radios, Select } from '../../../ui/components/choices.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import type { Party } from '../queries.ts'
import { calledOf } from './card.tsx'

/** Who takes the appeal over, and from whom (訴願法 §87, §88). */
export function SuccessorFields({ parties, value, error }: { parties: readonly Party[]; value(name: string): string | undefined; error(name: string): string | undefined }) {
  const appellants = parties.filter(({ role, until }) => role === 'appellant' && until === null)
  return (
    <Fieldset legend="承受的人">
      {appellants.length > 1 && <Select name="predecessor" label="承受哪一位訴願人" value={value('predecessor')} error={error('predecessor')} empty="請選擇" options={appellants.map((party) => ({ value: String(party.id), text: calledOf(party) }))} />}
      <Radios name="successorIsPerson" label="是" inline value={value('successorIsPerson') ?? 'yes'} options={[{ value: 'yes', text: '個人' }, { value: 'no', text: '公司、團體或機關' }]} />
      <TextInput name="successorName" label="姓名或名稱" value={value('successorName')} error={error('successorName')} width={20} autocomplete="off" />
      <div class="cluster">
        <TextInput name="successorBornOn" label="出生年月日" required={false} value={value('successorBornOn')} error={error('successorBornOn')} width={10} autocomplete="off" />
        <TextInput name="successorIdNumber" label="身分證明文件字號或統一編號" required={false} value={value('successorIdNumber')} error={error('successorIdNumber')} width={20} autocomplete="off" />
      </div>
      <TextInput name="successorAddress" label="住居所、營業所或事務所" required={false} value={value('successorAddress')} error={error('successorAddress')} width={30} autocomplete="off" />
      <div class="cluster">
        <TextInput name="successorEmail" type="email" label="電子郵件" required={false} value={value('successorEmail')} error={error('successorEmail')} width={20} autocomplete="off" spellcheck={false} />
        <TextInput name="successorPhone" type="tel" label="電話" required={false} value={value('successorPhone')} error={error('successorPhone')} width={20} autocomplete="off" />
      </div>
    </Fieldset>
  )
}
