import type { ComponentChildren } from 'preact'
import type { SectionAct } from '../../core/reports/confirmation.ts'
import type { SectionRow } from '../../core/reports/sections.ts'
import { InsetText, InstantText, Table } from '../../ui/index.ts'

const names: Record<SectionAct['kind'], string> = { confirmed: '確認', 'confirmed-for': '代為確認', reopened: '重新開放', assigned: '換單位' }

/** Who gave which word on a section, and why, newest first. */
export function SectionActs({ acts }: { acts: SectionAct[] }) {
  return (
    <Table<SectionAct>
      caption="確認與重新開放"
      rows={acts}
      rowKey={({ at, kind }) => `${at.getTime()} ${kind}`}
      empty={<p class="muted">還沒有人確認過這一章。</p>}
      columns={[
        { heading: '時間', rowHeader: true, width: 'fit', cell: ({ at }) => <InstantText at={at} /> },
        { heading: '做了什麼', width: 'fit', cell: ({ kind, unit }) => (kind === 'confirmed-for' ? `代${unit}確認` : kind === 'assigned' ? `改由${unit}負責` : names[kind]) },
        { heading: '誰', width: 'fit', cell: (one) => nameOf(one) },
        { heading: '理由', width: 'grow', cell: ({ reason }) => reason ?? '—' },
      ]}
    />
  )
}

const nameOf = ({ by, for: absent }: SectionAct): string => `${by ?? '系統'}${absent ? `（代 ${absent}）` : ''}`

/** The last word on a section, in a sentence: the first thing that its page says. */
export function LastWord({ section, last }: { section: SectionRow; last: SectionAct | undefined }): ComponentChildren {
  if (section.reopened_because) return <InsetText>報告彙編重新開放這一章：{section.reopened_because}</InsetText>
  if (section.state !== 'drafting' && section.confirmed_at) {
    const who = last && last.kind !== 'reopened' ? nameOf(last) : section.confirmed_by
    if (section.confirmed_because !== null) return <InsetText>{who} 於 <InstantText at={section.confirmed_at} /> 代{section.unit}確認：{section.confirmed_because}</InsetText>
    return <p class="muted">{who} 於 <InstantText at={section.confirmed_at} /> 確認。</p>
  }
  if (section.revision > 1) return <p class="muted">{section.saved_by} 於 <InstantText at={section.saved_at} /> 儲存。</p>
  return null
}
