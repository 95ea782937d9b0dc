import { randomUUID } from 'node:crypto'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type Source, sources } from '../../annual-plans/index.ts'
import { type MoneyLine, sameMoney, sourceKinds, sumOf, yearsOf } from '../money.ts'
import type { ProjectFile } from '../queries.ts'
import { headings, wholeCounty } from '../schema.ts'
import type { ProjectFacts } from '../tables.ts'

type Term = { fromYear: number; toYear: number }

/** Money by year, a column a source: one or two sources are usual, so that it stands on a phone. */
export function MoneyTable({ caption, captionHidden = false, money, term }: { caption: string; captionHidden?: boolean; money: readonly MoneyLine[]; term: Term }) {
  const years = yearsOf(term.fromYear, term.toYear)
  const of = (source: Source | null, year: number | null) => sumOf(money.filter((one) => (source === null || one.source === source) && (year === null || one.year === year)))
  const amount = (twd: number) => (twd ? <Money twd={twd} rounded /> : '—')
  const used = sourceKinds.filter((source) => of(source, null) > 0)
  const columns: { source: Source | null; heading: string }[] = used.length > 1 ? [...used.map((source) => ({ source, heading: sources[source] })), { source: null, heading: '合計' }] : used.map((source) => ({ source, heading: sources[source] }))
  return (
    <Table<number>
      caption={caption} captionHidden={captionHidden} rows={years} rowKey={(year) => year}
      columns={[{ heading: '年度', cell: (year) => `${year} 年`, rowHeader: true, width: 'fit' }, ...columns.map(({ source, heading }) => ({ heading, cell: (year: number) => amount(of(source, year)), numeric: true, wideOnly: source === null }))]}
      footer={<tr><th scope="row">合計</th>{columns.map(({ source, heading }) => <td key={heading} class={source === null ? 'numeric wide-only' : 'numeric'}>{amount(of(source, null))}</td>)}</tr>}
    />
  )
}

type Props = { project: ProjectFile; term: Term; /** names of units by id */ units: ReadonlyMap<number, string>; /** where the latest change is undone; null where it cannot be */ undo: string | null }

/** What was changed, by whom and why, the newest first; the newest can be undone. */
export function ChangeHistory({ project, term, units, undo }: Props) {
  if (!project.history.length) return <p class="muted">還沒有修改過。</p>
  const states = [{ money: project.money, facts: project as ProjectFacts }]
  return (
    <>
      {project.history.map((one, i) => {
        const after = states[i]!
        const before = { money: one.before.money, facts: one.before.facts ?? after.facts }
        states.push(before)
        const nth = project.history.length - i
        const told = differences(before.facts, after.facts, units)
        const isMoneyChanged = !sameMoney(before.money, after.money)
        return (
          <Card key={nth} level={3} title={<>第 {nth} 次　<DayText day={one.changedOn} /></>}>
            <p>{one.reason}<span class="muted">（{one.by ?? '匯入'}）</span></p>
            {told.length > 0 && <ul>{told.map((text) => <li key={text}>{text}</li>)}</ul>}
            {isMoneyChanged && <><p>{sumOf(before.money) === sumOf(after.money) ? '經費合計不變，年度或來源改了。' : <>經費合計 <Money twd={sumOf(before.money)} rounded /> 改為 <Money twd={sumOf(after.money)} rounded />。</>}</p><MoneyTable caption={`第 ${nth} 次修改前的經費`} money={before.money} term={term} /></>}
            {i === 0 && undo && <Form action={undo} formKey={randomUUID()} id="undo-change"><input type="hidden" name="changes" value={project.changes} /><Button kind="secondary" small>{`還原第 ${nth} 次修改`}</Button></Form>}
          </Card>
        )
      })}
    </>
  )
}

/** In words: 主辦單位：工務處 改為 觀光處. */
function differences(before: ProjectFacts, after: ProjectFacts, units: ReadonlyMap<number, string>): string[] {
  const told: string[] = []
  const tell = (label: string, was: string, is: string) => was !== is && told.push(`${label}：「${was}」改為「${is}」`)
  tell('計畫名稱', before.title, after.title)
  tell('款次', headings[before.heading - 1]!, headings[after.heading - 1]!)
  tell('主辦單位', units.get(before.unit_id) ?? '—', units.get(after.unit_id) ?? '—')
  tell('鄉鎮', before.township ?? wholeCounty, after.township ?? wholeCounty)
  if (before.summary !== after.summary) told.push(before.summary ? `計畫概要改了，原來是：${before.summary}` : '補上計畫概要')
  if (!before.removed_on && after.removed_on) told.push('從方案移除')
  if (before.removed_on && !after.removed_on) told.push('再列入方案')
  return told
}
