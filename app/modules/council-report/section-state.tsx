import type { SectionState } from '../../core/reports/document/model.ts'
import { Tag } from '../../ui/components/tag.tsx'

/** Where a section stands, in a word. */
export function SectionTag({ state }: { state: SectionState }) {
  switch (state) {
    case 'drafting':
      return <Tag tone="active">撰寫中</Tag>
    case 'confirmed':
      return <Tag tone="done">已確認</Tag>
    case 'locked':
      return <Tag tone="ended">已定稿</Tag>
  }
}

/** 08 人民陳情與為民服務; the closing chapter has no number. */
export const sectionName = ({ no, title }: { no: string; title: string }): string => (no === '' ? title : `${no} ${title}`)
