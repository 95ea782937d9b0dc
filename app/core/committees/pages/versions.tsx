import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { compareAgendas, type Compared } from '../compare.ts'
import type { MeetingFile } from '../queries.ts'

type Version = MeetingFile['agendas'][number]

/** Each version of the agenda, and two of them side by side: what came in, what went out, what has another place. `path`: of the meeting. */
export function VersionsCard({ file: { agendas }, path, query }: { file: MeetingFile; path: string; query: Record<string, string> }) {
  if (agendas.length < 2) return null
  const asked = (name: string) => agendas.find(({ version }) => String(version) === query[name])
  const [before, after] = [asked('before') ?? agendas.at(-2)!, asked('after') ?? agendas.at(-1)!]
  const { left, right } = compareAgendas(before.items, after.items)
  const options = agendas.map(({ version }) => ({ value: String(version), text: `第 ${version} 版` }))
  return (
    <Card title="議程的版本" id="versions">
      <Table<Version>
        caption="議程各版本" captionHidden rows={agendas.toReversed()} rowKey={(one) => one.version}
        columns={[
          { heading: '版本', cell: (one) => `第 ${one.version} 版`, rowHeader: true, width: 'grow' },
          { heading: '議案', cell: (one) => one.items.length, numeric: true, wideOnly: true },
          { heading: '寄出', cell: (one) => (one.sentOn ? <DayText day={one.sentOn} /> : '未寄'), width: 'fit' },
        ]}
      />
      {agendas.length > 2 && (
        <form action={`${path}#versions`} method="get" class="cluster cluster--end">
          <Select name="before" label="比較" labelSize="s" value={String(before.version)} options={options} />
          <Select name="after" label="和" labelSize="s" value={String(after.version)} options={options} />
          <Button kind="secondary" small>比較</Button>
        </form>
      )}
      <div class="halves redline">
        <Side version={before} rows={left} />
        <Side version={after} rows={right} />
      </div>
    </Card>
  )
}

function Side({ version: { version }, rows }: { version: Version; rows: readonly Compared[] }) {
  return (
    <section aria-labelledby={`version-${version}`}>
      <h3 id={`version-${version}`} class="govuk-heading-s">第 {version} 版</h3>
      <ol>
        {rows.map(({ entry: { number, subject }, change, from }) => {
          const text = <>{number && <span class="nowrap number">{number}　</span>}{subject}</>
          return <li key={number ?? subject}>{change === 'out' ? <><del>{text}</del>　<span class="muted small">移出</span></> : change === 'in' ? <><ins>{text}</ins>　<span class="muted small">增加</span></> : text}{change === 'moved' && <span class="muted small">　原第 {from}</span>}</li>
        })}
      </ol>
    </section>
  )
}
