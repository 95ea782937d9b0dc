import type { Reader, Tx } from '../../../core/db.ts'
import { refusal, type Refusal } from '../../../core/errors.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { type AgencyKind } from '../schema.ts'

export type AgencyChoice = { id: number; name: string; kind: AgencyKind }

/** The county's units that make dispositions in their own name: township offices, and bureaux and agencies below the county (訴願法 §4 ①, ②; §13). */
export async function findAgencies(reader: Reader): Promise<AgencyChoice[]> {
  const units = await reader.selectFrom('units').select(['id', 'name', 'kind']).where('kind', 'in', ['township', 'agency', 'bureau']).where('valid_until', 'is', null).orderBy('code').execute()
  return units.map(({ id, name, kind }) => ({ id, name, kind: kind === 'township' ? ('township' as const) : ('subordinate' as const) }))
}

export type AgencyAsked = { agencyKind: AgencyKind; agencyUnitId: number | null; agency: string | null }

/** The original agency as the form named it: one of ours by its unit, the county itself, or another by its name. */
export async function findAgency(tx: Tx | Reader, asked: AgencyAsked): Promise<{ agency: string; agencyKind: AgencyKind; agencyUnitId: number | null } | Refusal> {
  const { agencyKind } = asked
  if (agencyKind === 'county') return { agency: (await findSetting<string>(tx as Reader, 'county.name')) ?? '縣政府', agencyKind, agencyUnitId: asked.agencyUnitId }
  if (agencyKind === 'township' || agencyKind === 'subordinate') {
    const unit = (await findAgencies(tx as Reader)).find(({ id }) => id === asked.agencyUnitId)
    // 烏坵鄉公所 and others without a unit of their own are named
    if (!unit && asked.agency) return { agency: asked.agency, agencyKind, agencyUnitId: null }
    if (!unit) return refusal('appeal.agency', '請選擇原處分機關', { field: 'agencyUnitId' })
    if (unit.kind !== agencyKind) return refusal('appeal.agency-kind', `${unit.name}不是${agencyKind === 'township' ? '鄉鎮公所' : '縣政府所屬機關'}，請改選上一題`, { field: 'agencyKind' })
    return { agency: unit.name, agencyKind, agencyUnitId: unit.id }
  }
  return asked.agency ? { agency: asked.agency, agencyKind, agencyUnitId: null } : refusal('appeal.agency', '請填原處分機關的名稱', { field: 'agency' })
}
