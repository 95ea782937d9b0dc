import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { dispatchRulePath, petitionPath } from '../paths.ts'
import type { StoredRule } from './rules-query.ts'
import type { Sample, Trial } from './trial.ts'

/** What the rule would have done with last year's closed cases, with the cases to look at. */
export function TrialResult({ rule, trial }: { rule: StoredRule; trial: Trial }) {
  const matched = trial.hits + trial.misses
  const share = matched ? `${Math.round((trial.hits / matched) * 100)}%` : '－'
  return (
    <>
      <p class="lead">以最近一年已答復的 {trial.cases.toLocaleString('en')} 件來試：這條規則會抓到 {matched.toLocaleString('en')} 件，其中 {trial.hits.toLocaleString('en')} 件（{share}）後來確實是{rule.unitName}答復的。</p>
      <SummaryList
        columns={3}
        rows={[
          { key: '分對', value: `${trial.hits.toLocaleString('en')} 件` },
          { key: '分錯', value: `${trial.misses.toLocaleString('en')} 件` },
          { key: '和啟用中的規則一起用', value: `有把握 ${trial.together.sure.toLocaleString('en')} 件，分對 ${trial.together.right.toLocaleString('en')} 件` },
        ]}
      />
      {rule.state !== 'live' && <Form action={dispatchRulePath(rule.id, 'state')}><Button name="state" value="live">啟用這條規則</Button></Form>}
      <Samples title="會分錯的" samples={trial.missSamples} empty="沒有分錯的。" />
      <Samples title="會分對的" samples={trial.hitSamples} empty="沒有抓到任何一件。" />
    </>
  )
}

function Samples({ title, samples, empty }: { title: string; samples: Sample[]; empty: string }) {
  return (
    <Card title={title}>
      <Table
        caption={title}
        captionHidden
        rows={samples}
        rowKey={(row) => row.name}
        empty={<p class="muted">{empty}</p>}
        columns={[
          { heading: '案號', width: 'fit', cell: (row) => <a href={petitionPath(row.name)}>{row.name}</a> },
          { heading: '主旨', rowHeader: true, width: 'grow', cell: (row) => row.title },
          { heading: '答復的單位', width: 'fit', cell: (row) => row.answeredBy },
          { heading: '為什麼抓到', wideOnly: true, cell: (row) => <span class="small">{row.reason}</span> },
        ]}
      />
    </Card>
  )
}
