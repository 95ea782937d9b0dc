import type { HeldItem } from '../../core/committees/queries.ts'
import { decisions, sections } from './schema.ts'

export const sectionName = (section: string | null | undefined): string => (section && section in sections ? sections[section as keyof typeof sections] : '其他')
export const decisionText = (item: Pick<HeldItem, 'decision' | 'text'>): string => (item.decision ? [decisions[item.decision as keyof typeof decisions]?.label ?? item.decision, item.text].filter(Boolean).join('：') : '—')

/** In the order of the agenda's parts, as they are numbered. */
export const inOrder = <I extends Pick<HeldItem, 'section'>>(items: readonly I[]): I[] => {
  const rank = ({ section }: I) => { const at = Object.keys(sections).indexOf(section ?? ''); return at === -1 ? 99 : at }
  return items.toSorted((a, b) => rank(a) - rank(b))
}
