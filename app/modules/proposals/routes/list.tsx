import { sql } from 'kysely'
import { holds } from '../../../core/identity/permissions.ts'
import { procedureApi } from '../../../core/procedure/api.ts'
import { type CaseList, caseListPage } from '../../../core/procedure/case-list.tsx'
import { get } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { listPath, newPath } from '../paths.ts'
import { visibleTo } from '../proposal.ts'
import { procedure } from '../steps.ts'

const list: CaseList = {
  visibleTo: (person) => visibleTo(person),
  about: { heading: '提案單位／中央計畫', table: 'proposals', sql: sql`concat_ws('／', (select u.name from units u where u.id = c.unit_id), m.ministry || ' ' || m.programme)` },
  unit: '案',
  mine: 'proposals.work',
  actions: ({ person }) => (holds(person, 'proposals.manage') ? <ButtonLink href={newPath}>新增提案</ButtonLink> : undefined),
  empty: '鄉鎮公所和各單位要向中央爭取的計畫會列在這裡。',
}

export const routes = [get(listPath, 'proposals.read', (request) => caseListPage(request, procedure, list))]
/** /api/v1/proposals */
export const api = procedureApi(procedure, list, '/proposals')
