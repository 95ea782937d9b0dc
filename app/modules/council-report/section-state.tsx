import type { SectionState } from '../../core/reports/document/model.ts'
import { Tag } from '../../ui/components/tag.tsx'

/** Where a section stands, in a word. */
export function SectionTag({ state, confirmedFor = false }: { state: SectionState; /** by the department in its unit's place */ confirmedFor?: boolean }) {
  switch (state) {
    case 'drafting':
      return <Tag tone="active">撰寫中</Tag>
    case 'confirmed':
      return confirmedFor ? <Tag tone="done">代為確認</Tag> : <Tag tone="done">已確認</Tag>
    case 'locked':
      return <Tag tone="ended">已定稿</Tag>
  }
}

/** 08 人民陳情與為民服務; the closing chapter has no number. */
export const sectionName = ({ no, title }: { no: string; title: string }): string => (no === '' ? title : `${no} ${title}`)

/** The section after this one that nobody has confirmed, from the beginning again when there is none after it; null: no other waits. */
export function nextMissing<S extends { key: string; state: SectionState }>(sections: S[], key: string | null): S | null {
  const at = sections.findIndex((section) => section.key === key)
  return [...sections.slice(at + 1), ...sections.slice(0, Math.max(at, 0))].find(({ state }) => state === 'drafting') ?? null
}
