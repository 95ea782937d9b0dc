import { sql } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { queueMail, refuseAddress } from '../mail/outbox.ts'
import { namePurposes } from '../mail/purposes.ts'
import { rocDay } from '../time.ts'
import type { Move } from './moves.ts'

namePurposes({ 'clocks.due-moved': '限辦日期改變' })

/** Cases named in one mail; the rest is on the board. */
const namedMax = 100

/**
 * One mail to each officer with all of theirs. What has no officer yet lies with the unit's chief and head; what has no unit
 * with who dispatches. Who has no address sees it in the case and on the board all the same.
 */
export async function tellOfficers(tx: Tx, ctx: ActContext, words: string, moves: readonly Move[]): Promise<number> {
  const stewards = await findStewards(tx, ctx, moves)
  const byPerson = new Map<number, Move[]>()
  for (const move of moves) {
    for (const id of move.officerId ? [move.officerId] : (stewards.get(move.unitId) ?? [])) byPerson.set(id, [...(byPerson.get(id) ?? []), move])
  }
  const people = await sql<{ id: number; email: string }>`select id, email from people where id = any(${[...byPerson.keys()]}::bigint[]) and email is not null and locked_at is null order by id`.execute(tx)
  const reachable = people.rows.filter(({ email }) => refuseAddress(email) === null)
  for (const { id, email } of reachable) await queueMail(tx, { to: email, ...letter(words, byPerson.get(id)!), purpose: 'clocks.due-moved' })
  return reachable.length
}

async function findStewards(tx: Tx, ctx: ActContext, moves: readonly Move[]): Promise<Map<number | null, number[]>> {
  const units = [...new Set(moves.flatMap(({ officerId, unitId }) => (officerId === null && unitId !== null ? [unitId] : [])))]
  const found = await sql<{ unitId: number | null; ids: number[] }>`
    select unit_id as "unitId", jsonb_agg(distinct person_id) as ids from (
      select unit_id, person_id from posts where unit_id = any(${units}::bigint[]) and role in ('section-chief', 'head') and ${held(ctx)}
      union all select null, person_id from posts where role = 'clerk' and ${held(ctx)}) p group by unit_id`.execute(tx)
  return new Map(found.rows.map(({ unitId, ids }) => [unitId, ids]))
}

const held = (ctx: ActContext) => sql<boolean>`valid_from <= ${ctx.today} and (valid_until is null or valid_until >= ${ctx.today})`

function letter(words: string, moves: readonly Move[]): { subject: string; text: string } {
  const line = ({ name, title, confidential, from, to }: Move) => `${name}　${from ? rocDay(from) : '未定'} → ${to ? rocDay(to) : '未定'}　${confidential ? '（保密案件）' : title}`
  const rest = moves.length > namedMax ? `\n另有 ${moves.length - namedMax} 件，請看期限總表。` : ''
  return { subject: `限辦日期改變：${moves.length} 件（${words}）`, text: `因 ${words}，下列案件的限辦日期已重新計算；原來的日期仍保留在案件的歷程。\n\n${moves.slice(0, namedMax).map(line).join('\n')}${rest}` }
}
