import { sql } from 'kysely'
import type { Tx } from '../../../core/db.ts'
import { caseImporter } from '../../../core/tabular/case-import.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { dayOf, parseInstant } from '../../../core/time.ts'
import { adviceKind, advicePrefix, sessionKind } from '../schema.ts'
import '../tables.ts'
import { type AdviceCells, adviceColumns, columnNames, personal } from './columns.ts'
import { addConsultations, changeConsultation, startOfSession } from './load.ts'

export type AdviceRow = AdviceCells & { unitId: number; specialityId: number }

/** legal-advice.csv: consultations of the past with their sessions. */
export const legalAdviceImporter = caseImporter<AdviceCells, AdviceRow>({
  name: 'legal-advice', title: '法律諮詢', kind: adviceKind, prefix: advicePrefix, columns: adviceColumns, columnNames, personal, check, add: addConsultations, change: changeConsultation,
})

async function check(tx: Tx, rows: CheckedRow<AdviceCells>[], { now }: { now: Date }) {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  const specialities = await tx.selectFrom('advice_specialities').select(['id', 'name']).orderBy('position').execute()
  const own = await sql<{ heldOn: string; startsAt: string; place: string }>`select s.held_on as "heldOn", to_char(s.starts_at, 'HH24:MI') as "startsAt", s.place from advice_sessions s join cases c on c.id = s.id and c.kind = ${sessionKind} where c.import_id is null`.execute(tx)
  const ownSessions = new Set(own.rows.map((one) => `${one.heldOn} ${one.startsAt} ${one.place}`))
  const problems: Problem[] = []
  const good: CheckedRow<AdviceRow>[] = []
  for (const at of rows) {
    const row = at.value
    const unit = units.find(({ code, name }) => code === row.unit || name === row.unit)
    const speciality = specialities.find(({ name }) => name === row.speciality)
    const found: [string, string][] = []
    if (!unit) found.push(['主辦單位', `沒有「${row.unit}」這個單位，請先匯入 units.csv`])
    if (!speciality) found.push(['類別', `沒有「${row.speciality}」這個類別，現有 ${specialities.map(({ name }) => name).join('、')}`])
    if (row.heldOn > dayOf(now)) found.push(['場次日期', '在今天以後'])
    if ((row.endsAt ?? '17:00') <= startOfSession(row)) found.push(['結束時間', '在開始時間以前'])
    if (row.bookedOn && row.bookedOn > row.heldOn) found.push(['預約日期', '在場次日期以後'])
    if (row.arrivedAt && row.calledAt && row.calledAt < row.arrivedAt) found.push(['叫號時間', '在報到時間以前'])
    if (ownSessions.has(`${row.heldOn} ${startOfSession(row)} ${row.place}`)) found.push(['場次日期', '這個場次是在本系統辦理的，不能以檔案加入'])
    for (const [column, reason] of found) problems.push(rowProblem(at, column, reason))
    if (unit && speciality && !found.length) good.push({ ...at, value: { ...row, unitId: unit.id, specialityId: speciality.id } })
  }
  return { rows: good, problems, notices: [] }
}

/** The instant at which the office recorded a session: that evening, never later than the import. */
export const recordedAt = (row: Pick<AdviceCells, 'heldOn'>, now: Date): Date => new Date(Math.min(parseInstant(`${row.heldOn} 17:30`)!.getTime(), now.getTime()))
