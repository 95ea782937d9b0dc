import { findPlace } from '../../../core/clocks/travel.ts'
import { unitFinder, type UnitForImport } from '../../../core/identity/unit-finder.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import type { Day } from '../../../core/time.ts'
import type { AgencyKind, Stage } from '../schema.ts'
import type { AppealCells } from './columns.ts'

export type AgencyForImport = UnitForImport & { kind: string }
export type AppealRow = AppealCells & { unitId: number; agencyUnitId: number | null; kindOfAgency: AgencyKind; place: string | null; /** one of claims, for a file that has only outcomes */ asks: string[]; stage: Stage }

/** Compares the cells of each row. A row without a problem can be loaded. */
export function checkAppeals(rows: readonly CheckedRow<AppealCells>[], about: { units: AgencyForImport[]; county: string; today: Day }): { rows: CheckedRow<AppealRow>[]; problems: Problem[]; notices: Problem[] } {
  const problems: Problem[] = []
  const notices: Problem[] = []
  const good: CheckedRow<AppealRow>[] = []
  const findUnit = unitFinder(about.units)
  for (const at of rows) {
    const cells = at.value
    const unit = findUnit(cells.unit, cells.receivedOn)
    // an agency that is none of the county's units is named as it is; several of one name must be told apart
    const made = findUnit(cells.agency, cells.dispositionOn ?? cells.receivedOn)
    const agency = about.units.find(({ id }) => id === made)
    const unclear = typeof made === 'string' && about.units.some(({ name }) => name === cells.agency) ? made : null
    const kindOfAgency = cells.agencyKind ?? kindOf(agency, cells.agency, about.county)
    const found = [...reasonsAgainst(cells, about.today), ...(typeof unit === 'number' ? [] : [['主辦單位', unit] as [string, string]]), ...(unclear ? [['原處分機關', unclear] as [string, string]] : []), ...(kindOfAgency ? [] : [['機關層級', `看不出「${cells.agency}」是哪一種機關，請填機關層級`] as [string, string]])]
    for (const [column, reason] of found) problems.push(rowProblem(at, column, reason))
    const place = cells.residence ? findPlace(cells.residence) : null
    if (place && 'near' in place) notices.push(rowProblem(at, '住居地', `沒有「${cells.residence}」這個地方，不算在途期間；最接近的是 ${place.near.slice(0, 2).join('、')}`))
    if (cells.decidedOn && !cells.dispatchedOn) notices.push(rowProblem(at, '正本發文日期', '有決定，沒有發文日期，匯入為「已決定待送達」'))
    if (found.length) continue
    const asks = cells.claims?.length ? cells.claims : cells.form === 'statement' ? [] : (cells.outcomes ?? [null]).map(() => '原處分撤銷')
    good.push({ ...at, value: { ...cells, unitId: unit as number, agencyUnitId: agency && (kindOfAgency === 'township' || kindOfAgency === 'subordinate') ? agency.id : null, kindOfAgency: kindOfAgency!, place: place && 'name' in place ? place.name : null, asks, stage: stageOf(cells) } })
  }
  return { rows: good, problems, notices }
}

function kindOf(unit: AgencyForImport | undefined, name: string, county: string): AgencyKind | null {
  if (unit?.kind === 'township' || /[鄉鎮市]公所$/.test(name)) return 'township'
  if (unit?.kind === 'agency' || unit?.kind === 'bureau') return 'subordinate'
  return name === county ? 'county' : null
}

/** How far a case had come by what the file says of it. */
function stageOf(cells: AppealCells): Stage {
  if (cells.ending || cells.dispatchedOn) return 'closed'
  if (cells.decidedOn) return 'decided'
  if (cells.repliedOn) return 'review'
  return cells.form === 'statement' ? 'statement' : 'received'
}

function reasonsAgainst(row: AppealCells, today: Day): [string, string][] {
  const reasons: [string, string][] = []
  const days: [string, Day | null][] = [['收件日期', row.receivedOn], ['答辯日期', row.repliedOn], ['決定日期', row.decidedOn], ['正本發文日期', row.dispatchedOn], ['終結日期', row.endedOn]]
  for (const [column, on] of days) {
    if (on && on > today) reasons.push([column, '在今天以後'])
    else if (on && on < row.receivedOn) reasons.push([column, '早於收件日期'])
  }
  for (const [column, on] of [['先收受日期', row.firstReceivedOn], ['處分送達日期', row.servedOn], ['處分日期', row.dispositionOn], ['申請日期', row.appliedOn]] as const) {
    if (on && on > row.receivedOn) reasons.push([column, '晚於收件日期'])
  }
  if (row.ground === 'inaction' && !row.appliedOn) reasons.push(['申請日期', '機關逾期不作為，必須填申請日期'])
  if ((row.outcomes === null) !== (row.decidedOn === null)) reasons.push([row.outcomes ? '決定日期' : '決定結果', '決定結果和決定日期要一起填'])
  if (row.outcomes && row.claims && row.outcomes.length !== row.claims.length) reasons.push(['決定結果', `有 ${row.claims.length} 項請求、${row.outcomes.length} 項結果，每一項請求各填一個`])
  if (row.dispatchedOn && !row.decidedOn) reasons.push(['決定日期', '有正本發文日期，沒有決定日期'])
  if (row.dispatchedOn && row.decidedOn && row.dispatchedOn < row.decidedOn) reasons.push(['正本發文日期', '早於決定日期'])
  if ((row.ending === null) !== (row.endedOn === null)) reasons.push([row.ending ? '終結日期' : '其他終結', '其他終結和終結日期要一起填'])
  if (row.ending && row.decidedOn) reasons.push(['其他終結', '已經有決定'])
  return reasons
}
