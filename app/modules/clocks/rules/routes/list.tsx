import { type Rule, rulebook } from '../../../../core/clocks/index.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Select } from '../../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Table } from '../../../../ui/components/table.tsx'
import { SubNav } from '../../../../ui/components/tabs.tsx'
import { Tag } from '../../../../ui/components/tag.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { clocksPages } from '../../navigation.ts'
import { ruleListPath, rulePath, rulesPath } from '../../paths.ts'
import { periodText, type RuleState, spanText, stateNames, stateOf, stateTones, subjectOf, subjects } from '../words.ts'

/** 期間規則: every period of the office by matter, with its article, how sure it is, and since when it holds. */
async function list(request: StaffRequest): Promise<Reply> {
  const { query, person, today } = request
  const filter = {
    q: (query.q ?? '').trim().slice(0, 60),
    subject: Object.hasOwn(subjects, query.subject ?? '') ? query.subject! : '',
    state: Object.hasOwn(stateNames, query.state ?? '') || query.state === 'county' ? query.state! : '',
  }
  const order = Object.keys(subjects)
  const all = rulebook.ids().map((id) => rulebook.find(id, today) ?? rulebook.versionsOf(id).at(-1)!)
  const rules = all.filter((rule) => fits(rule, filter)).toSorted((a, b) => order.indexOf(subjectOf(a.id)) - order.indexOf(subjectOf(b.id)))
  const link = (without: keyof typeof filter) => ruleListPath({ ...filter, [without]: null })
  const active = [
    ...(filter.q ? [{ label: `「${filter.q}」`, removeHref: link('q') }] : []),
    ...(filter.subject ? [{ label: subjects[filter.subject]!.title, removeHref: link('subject') }] : []),
    ...(filter.state ? [{ label: stateLabels[filter.state as keyof typeof stateLabels], removeHref: link('state') }] : []),
  ]
  return consolePage(request, {
    title: '期間規則',
    current: rulesPath,
    children: (
      <>
        <SubNav label="期限" current={rulesPath} items={clocksPages(person)} />
        <FilterBar action={rulesPath} active={active} clearHref={rulesPath}>
          <TextInput name="q" label="找什麼" value={filter.q} width={20} />
          <Select name="subject" label="業務" value={filter.subject} empty="全部" options={order.filter((id) => all.some((rule) => subjectOf(rule.id) === id)).map((id) => ({ value: id, text: subjects[id]!.title }))} />
          <Select name="state" label="查證" value={filter.state} empty="全部" options={Object.entries(stateLabels).map(([value, text]) => ({ value, text }))} />
        </FilterBar>
        <Toolbar count={rules.length} unit="條" />
        <Table
          caption="期間規則"
          captionHidden
          rows={rules}
          rowKey={(rule) => rule.id}
          rowHref={(rule) => rulePath(rule.id)}
          group={(rule) => ({ key: subjectOf(rule.id), heading: subjects[subjectOf(rule.id)]!.title })}
          empty={<EmptyState title="沒有符合這些條件的規則" action={<a href={rulesPath}>看全部</a>}>試著少用一個條件，或換一個字找。</EmptyState>}
          columns={[
            { heading: '規則', width: 'grow', rowHeader: true, cell: (rule) => <><a href={rulePath(rule.id)}>{rule.title}</a><div class="muted small">{rule.id}</div></> },
            { heading: '期間', cell: (rule) => <>{periodText(rule)}{rule.byCounty && <> <Tag tone="active">縣府自訂</Tag></>}</> },
            { heading: '依據', cell: (rule) => <span class="small">{rule.citation}</span> },
            { heading: '查證', width: 'fit', cell: (rule) => <State rule={rule} /> },
            { heading: '適用', width: 'fit', wideOnly: true, cell: (rule) => <span class="small">{spanText(rule)}</span> },
          ]}
        />
      </>
    ),
  })
}

const stateLabels = { ...stateNames, county: '縣府改過的' } satisfies Record<RuleState | 'county', string>

function State({ rule }: { rule: Rule }) {
  const state = stateOf(rule)
  return state === 'sure' ? <span class="muted">{stateNames.sure}</span> : <Tag tone={stateTones[state]}>{stateNames[state]}</Tag>
}

function fits(rule: Rule, { q, subject, state }: { q: string; subject: string; state: string }): boolean {
  if (subject && subjectOf(rule.id) !== subject) return false
  if (state === 'county' ? !rulebook.versionsOf(rule.id).some((version) => version.byCounty || version.confirmed) : state && stateOf(rule) !== state) return false
  const text = [rule.id, rule.title, rule.citation, rule.trigger, rule.onLapse, subjects[subjectOf(rule.id)]!.title].join('\n').toLowerCase()
  return q.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}

export const routes = [get(rulesPath, 'signed-in', list)]
