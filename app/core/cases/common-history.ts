import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import { type Day, rocDay } from '../time.ts'

/** What can happen to a case of any kind, from its event: who has it, when it is due, whether it is kept. */
export type CommonEvent = { id: number; kind: CommonKind; on: Day; by: string | null; from: string | null; to: string | null; fromUnit: string | null; unit: string | null; back: boolean; because: string | null; dueFrom: Day | null; dueOn: Day | null }
type CommonKind = (typeof commonKinds)[number]

const commonKinds = ['case.handed-over', 'case.unit-merged', 'case.due-moved', 'case.held', 'case.released', 'case.destroyed', 'case.personal-data-corrected'] as const

/** These events of a case, oldest first. The days are those of Taipei. */
export async function findCommonEvents(reader: Reader, caseId: number): Promise<CommonEvent[]> {
  const { rows } = await sql<CommonEvent>`
    select e.id, e.kind, (e.happened_at at time zone 'Asia/Taipei')::date::text as on, p.name || coalesce('（代' || absent.name || '）', '') as by,
      f.name as from, t.name as to, fu.name as "fromUnit", u.name as unit, coalesce((e.payload->>'back')::boolean, false) as back,
      e.payload->>'because' as because, case when e.kind = 'case.due-moved' then e.payload->>'from' end as "dueFrom", case when e.kind = 'case.due-moved' then e.payload->>'to' end as "dueOn"
    from events e left join people p on p.id = e.person_id left join people absent on absent.id = e.on_behalf_of
    left join people f on f.id = case e.kind when 'case.handed-over' then (e.payload->>'from')::bigint end
    left join people t on t.id = case e.kind when 'case.handed-over' then (e.payload->>'officer')::bigint end
    left join units fu on fu.id = case e.kind when 'case.unit-merged' then (e.payload->>'from')::bigint end
    left join units u on u.id = case e.kind when 'case.unit-merged' then (e.payload->>'unit')::bigint end
    where e.case_id = ${caseId} and e.kind = any(${[...commonKinds]}::text[]) order by e.id`.execute(reader)
  return rows
}

/** One of them as a colleague would tell it. */
export function commonSentence({ kind, ...one }: Omit<CommonEvent, 'id' | 'on' | 'by'>): string {
  switch (kind) {
    case 'case.handed-over': return `${one.from ? `由 ${one.from} ` : ''}${one.back ? '交回' : '交接'}給 ${one.to ?? ''}`
    case 'case.unit-merged': return `${one.fromUnit ?? ''}併入${one.unit ?? ''}，案件隨同移轉`
    case 'case.due-moved': return `因 ${one.because ?? ''}，期限由 ${one.dueFrom ? rocDay(one.dueFrom) : '未定'} 改為 ${one.dueOn ? rocDay(one.dueOn) : '未定'}`
    case 'case.held': return '列為保留，暫不銷毀'
    case 'case.released': return '解除保留'
    case 'case.destroyed': return '依核准的銷毀目錄銷毀個人資料'
    case 'case.personal-data-corrected': return '依當事人請求更正個人資料'
  }
}
