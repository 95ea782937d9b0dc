import { dayOf, endOf, rocDateTime, rocDay } from '../../../core/time.ts'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { filteredPath, listPath } from '../paths.ts'
import { categories, type Channel, channels, type Outcome, outcomes, outsideCounty, stages, townships } from '../schema.ts'
import { type UnitChoice, unitOptions } from '../units.ts'
import { dueChoices, filterQuery, type ListFilter } from './filter.ts'

const options = (names: Record<string, string>) => Object.entries(names).map(([value, text]) => ({ value, text }))
const same = (names: readonly string[]) => names.map((name) => ({ value: name, text: name }))

const stageOptions = [
  { value: 'unregistered', text: '待登錄' },
  ...options(stages).filter(({ value }) => !['unconfirmed', 'lapsed', 'closed'].includes(value)),
  { value: 'closed', text: '已結案' },
  { value: 'all', text: '全部（含已結）' },
  { value: 'unconfirmed', text: stages.unconfirmed },
  { value: 'lapsed', text: stages.lapsed },
]

/** The filters of the list; what is set shows as chips that can be taken off one by one. */
export function Filters({ filter, units }: { filter: ListFilter; units: UnitChoice[] }) {
  const more = filter.channel || filter.category || filter.township || filter.outcome || filter.sender || filter.from || filter.to || filter.asOf
  return (
    <FilterBar action={listPath} active={chips(filter, units)} clearHref={listPath}>
      <TextInput name="q" label="找" type="search" width={20} value={filter.q} hint={undefined} placeholder="主旨、內容、案號" />
      <Select name="stage" label="階段" value={filter.stage === 'open' ? '' : filter.stage} empty="未結案" options={stageOptions} />
      <Select name="unit" label="主辦" value={filter.unitId === null ? '' : String(filter.unitId)} empty="全部單位" options={unitOptions(units)} />
      <Select name="due" label="限辦" value={filter.due === null ? '' : String(filter.due)} empty="不限" options={dueOptions} />
      <Details summary="更多條件" open={Boolean(more)} id="more-filters">
        <div class="cluster">
          <Select name="officer" label="承辦人" value={filter.officer === 'me' ? 'me' : ''} empty="全部" options={[{ value: 'me', text: '我' }]} />
          <Select name="channel" label="管道" value={filter.channel} empty="全部" options={options(channels)} />
          <Select name="category" label="類別" value={filter.category} empty="全部" options={same(categories)} />
          <Select name="township" label="鄉鎮" value={filter.township} empty="全部" options={same([...townships, outsideCounty])} />
          <Select name="outcome" label="結案方式" value={filter.outcome} empty="全部" options={options(outcomes)} />
          <TextInput name="from" label="收件自" width={10} value={filter.from && rocDay(filter.from)} placeholder="110/4/1" />
          <TextInput name="to" label="收件到" width={10} value={filter.to && rocDay(filter.to)} placeholder="110/9/30" />
          <TextInput name="as-of" label="當時所知" width={10} value={filter.asOf && printAsOf(filter.asOf)} placeholder="現在" />
          <TextInput name="sender" label="陳情人" width={20} value={filter.sender} placeholder="完整姓名、電話或郵件" />
        </div>
      </Details>
    </FilterBar>
  )
}

const dueOptions = [{ value: 'overdue', text: dueChoices.overdue }, ...([0, 1, 3, 5] as const).map((days) => ({ value: String(days), text: dueChoices[days] }))]

/** A day typed without a time means its last instant, and is shown as typed. */
function printAsOf(asOf: Date): string {
  const day = dayOf(asOf)
  return endOf(day).getTime() - asOf.getTime() === 1 ? rocDay(day) : rocDateTime(asOf)
}

function chips(filter: ListFilter, units: UnitChoice[]) {
  const words: Record<string, (value: string) => string> = {
    q: (text) => `「${text}」`,
    stage: (stage) => stageOptions.find((one) => one.value === stage)?.text ?? stage,
    unit: (id) => units.find((unit) => String(unit.id) === id)?.name ?? '已裁併的單位',
    officer: (id) => (id === 'me' ? '我承辦的' : '一位承辦人'),
    channel: (id) => channels[id as Channel],
    category: (text) => text,
    township: (text) => text,
    outcome: (id) => outcomes[id as Outcome],
    due: (value) => dueOptions.find((one) => one.value === value)?.text ?? `${value} 個工作日內`,
    sender: () => '指定陳情人',
    from: (text) => `收件自 ${text}`,
    to: (text) => `收件到 ${text}`,
    'as-of': (text) => `${printAsOf(new Date(text))} 當時所知`,
  }
  const query = filterQuery(filter)
  return Object.entries(query).map(([name, value]) => {
    const { [name]: _gone, ...rest } = query
    return { label: words[name]!(value), removeHref: filteredPath(rest) }
  })
}
