import { rocDay, weekday } from '../../../core/time.ts'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { boardListPath, boardPath } from '../paths.ts'
import { kindLabel, ruleTitle } from '../running.ts'
import { type BoardFilter, filterQuery, whens } from './filter.ts'
import type { Tally } from './query.ts'
import { type Unit, unitChoices } from './units.ts'

/** The filters of the board; what is set shows as chips that can be taken off one by one. */
export function Filters({ filter, tally, units }: { filter: BoardFilter; tally: Tally; units: Unit[] }) {
  const { q: _q, unit: _unit, officer: _officer, rule: _rule, kind: _kind, ...keep } = filterQuery(filter)
  return (
    <FilterBar action={boardPath} active={chips(filter, tally, units)} clearHref={boardPath} keep={keep}>
      <TextInput name="q" label="找" type="search" width={20} value={filter.q} placeholder="主旨、內容、案號" />
      <Select name="unit" label="主辦" value={filter.unitId === null ? '' : String(filter.unitId)} empty="全部單位" options={unitChoices(units, tally.unitIds)} />
      <Select name="officer" label="承辦人" value={filter.officer === null ? '' : String(filter.officer)} empty="全部" options={[{ value: 'me', text: '我' }, ...tally.officers.map(({ id, name }) => ({ value: String(id), text: name }))]} />
      <Select name="rule" label="期限" value={filter.rule} empty="全部" options={tally.rules.map((rule) => ({ value: rule, text: ruleTitle(rule) }))} />
      {tally.kinds.length > 1 && <Select name="kind" label="案件種類" value={filter.kind} empty="全部" options={tally.kinds.map((kind) => ({ value: kind, text: kindLabel(kind) }))} />}
    </FilterBar>
  )
}

function chips(filter: BoardFilter, tally: Tally, units: Unit[]) {
  const kept = filterQuery(filter)
  const words: Record<string, string> = {
    ...(filter.when ? { when: whens[filter.when] } : {}),
    ...(filter.on ? { on: `${rocDay(filter.on)}（${weekday(filter.on)}）` } : {}),
    unit: units.find(({ id }) => id === filter.unitId)?.name ?? '沒有這個單位',
    officer: filter.officer === 'me' ? '我承辦的' : (tally.officers.find(({ id }) => id === filter.officer)?.name ?? '沒有這位承辦人'),
    rule: ruleTitle(filter.rule ?? ''),
    kind: kindLabel(filter.kind ?? ''),
    q: `「${filter.q}」`,
  }
  return Object.keys(kept).filter((name) => name in words).map((name) => ({ label: words[name]!, removeHref: boardListPath({ ...kept, [name]: null }) }))
}
