import { type RawBuilder, sql } from 'kysely'
import { planned, type Reader } from '../../../core/db.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { matches, rarest } from '../../../core/search/search.ts'
import { searchText } from '../../../core/search/text.ts'
import { addDays, dayOf, startOf } from '../../../core/time.ts'
import { visibleTo } from '../visible.ts'
import { caseKind, type Channel, type Outcome, type Stage } from '../schema.ts'

export type SimilarCase = {
  name: string
  title: string
  stage: Stage
  outcome: Outcome | null
  channel: Channel
  receivedAt: Date
  unitName: string | null
  merged: boolean
  closedAt: Date | null
  /** why it may be the same matter, strongest first */
  reasons: string[]
  score: number
}

/** Letters further apart than this are seldom one matter. */
const daysApart = 180
/** Looked at closely, of all that share sender, place or a phrase. */
const candidatesMax = 200
/** Of the subject's phrases so many are looked for, those that fewest texts hold; of each, the newest texts. */
const phrasesMax = 4
const perPhraseMax = 50
const shownMax = 8
/** From this share of common character pairs two letters count as alike. */
export const alikeFrom = 0.35

type Candidate = Omit<SimilarCase, 'reasons' | 'score'> & { text: string; sameSender: boolean; samePlace: boolean; sameCategory: boolean }

/**
 * Cases that may be the same matter: same sender (by keyed hash), similar text, same place or category and township
 * within half a year; only those the person may see.
 */
export async function findSimilar(reader: Reader, person: Person, of: { id: number; title: string; receivedAt: Date | null; text: string }): Promise<SimilarCase[]> {
  const around = dayOf(of.receivedAt ?? new Date())
  // as literals, so that PostgreSQL sees how many lie between
  const within = (received: RawBuilder<unknown>) => sql`${received} >= ${instant(startOf(addDays(around, -daysApart)))} and ${received} < ${instant(startOf(addDays(around, daysApart)))}`
  const span = within(sql`c.received_at`)
  const phrases = await rarest(reader, phrasesOf(of.title), phrasesMax)
  const bySharedPhrase = phrases.map((phrase) => sql`
      union (select t.case_id from case_texts t where t.kind = ${caseKind} and ${matches(phrase, 't')} and ${within(sql`t.received_at`)} order by t.received_at desc nulls last, t.case_id desc limit ${sql.lit(perPhraseMax)})`)
  const found = await sql<Candidate>`
    ${planned} with own as (select p.*, c.township from petitions p join cases c on c.id = p.id where p.id = ${of.id}),
    near as (
      (select p.id as case_id from petitions p, own where p.name_hash = own.name_hash limit 50)
      union (select p.id from petitions p, own where p.email_hash = own.email_hash limit 50)
      union (select p.id from petitions p, own where p.phone_hash = own.phone_hash limit 50)
      union (select p.id from petitions p where p.place = (select place from own) limit 50)
      union (select c.id from cases c join petitions p on p.id = c.id where (select category from own) is not null and c.kind = ${caseKind} and ${span}
        and p.category = (select category from own) and c.township = (select township from own) order by c.received_at desc limit 100)
      ${bySharedPhrase.length ? sql.join(bySharedPhrase, sql` `) : sql``}
    )
    select coalesce(c.number, c.follow_no) as name, c.title, c.stage, c.outcome, p.channel, c.received_at as "receivedAt", c.closed_at as "closedAt", u.name as "unitName",
      c.merged_into is not null as merged, t.text,
      coalesce(p.name_hash = own.name_hash or p.email_hash = own.email_hash or p.phone_hash = own.phone_hash, false) as "sameSender",
      coalesce(p.place = own.place, false) as "samePlace",
      coalesce(p.category = own.category and c.township = own.township, false) as "sameCategory"
    from near join cases c on c.id = near.case_id join petitions p on p.id = c.id join case_texts t on t.case_id = c.id cross join own left join units u on u.id = c.unit_id
    where c.id <> ${of.id} and c.kind = ${caseKind} and ${span} and ${visibleTo(person)}
    order by c.received_at desc limit ${sql.lit(candidatesMax)}`.execute(reader)
  const own = pairsOf(of.text)
  return found.rows
    .map((candidate) => judge(candidate, own))
    .filter((one) => one !== null)
    .sort((a, b) => b.score - a.score)
    .slice(0, shownMax)
}

const instant = (at: Date) => sql`${sql.lit(at.toISOString())}::timestamptz`

function judge({ text, sameSender, samePlace, sameCategory, ...candidate }: Candidate, own: Set<string>): SimilarCase | null {
  const alike = overlap(own, pairsOf(text))
  if (!sameSender && !samePlace && alike < alikeFrom) return null
  const reasons = [
    sameSender && '同一陳情人',
    alike >= alikeFrom && `內容 ${Math.round(alike * 100)}% 相近`,
    samePlace && '同一地點',
    sameCategory && '同鄉鎮同類別',
  ].filter((reason) => reason !== false)
  return { ...candidate, reasons, score: alike + (sameSender ? 0.5 : 0) + (samePlace ? 0.2 : 0) + (sameCategory ? 0.1 : 0) }
}

/** Pairs of neighbouring characters, the unit in which texts are compared. */
export function pairsOf(text: string): Set<string> {
  const plain = [...searchText(text).replace(/[\s\p{P}]/gu, '')]
  return new Set(plain.slice(0, -1).map((character, at) => character + plain[at + 1]))
}

/** Share of the shorter text's pairs that the longer one has too: 0 to 1. */
export function overlap(a: Set<string>, b: Set<string>): number {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a]
  if (!short.size) return 0
  let common = 0
  for (const pair of short) if (long.has(pair)) common += 1
  return common / short.size
}

/** Runs of four characters of the subject: rare enough to find candidates by. */
function phrasesOf(title: string): string[] {
  const characters = [...searchText(title)]
  if (characters.length < 4) return characters.length >= 2 ? [characters.join('')] : []
  return [...new Set(characters.slice(0, -3).map((_, at) => characters.slice(at, at + 4).join('')))].filter((phrase) => !/[\s\p{P}]/u.test(phrase)).slice(0, 12)
}
