import type { Reader } from '../db.ts'
import type { Person } from '../identity/permissions.ts'
import { Card } from '../../ui/components/card.tsx'
import { findLinked, makeable } from './links.ts'

/** On a case's page: what it was made of, what was made of it, and what can be. Nothing where there is none of that. */
export async function linkedCard(reader: Reader, person: Person, of: { id: number; number: string | null; kind: string }) {
  const linked = await findLinked(reader, person, of.id)
  const ways = of.number && !linked.some(({ made }) => made) ? makeable(person, of.number, of.kind) : []
  if (!linked.length && !ways.length) return null
  return (
    <Card title="相關的案件" id="linked">
      {linked.length > 0 && <ul class="stack">{linked.map((one) => <li key={one.number}>{one.made ? '轉成' : '由'}{one.label} <a class="number nowrap" href={one.path}>{one.number}</a>{one.made ? '' : ' 轉來'}</li>)}</ul>}
      {ways.length > 0 && <ul class="stack no-print">{ways.map(({ label, path }) => <li key={path}><a href={path}>{label}</a></li>)}</ul>}
    </Card>
  )
}
