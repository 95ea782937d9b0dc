import { sql } from 'kysely'
import { holds } from '../../../core/identity/permissions.ts'
import { procedureApi } from '../../../core/procedure/api.ts'
import { type CaseList, caseListPage } from '../../../core/procedure/case-list.tsx'
import { LettersLink } from '../../../core/procedure/letters/letters-card.tsx'
import { get } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { visibleTo } from '../claim.ts'
import { letters } from '../letters/kinds.ts'
import { halfYearPath, listPath, newPath } from '../paths.ts'
import { procedure } from '../steps.ts'

const list: CaseList = {
  visibleTo: (person) => visibleTo(person),
  about: { heading: '賠償義務機關', table: 'compensations', sql: sql`m.agency` },
  actions: ({ person }) => (
    <>
      <LettersLink letters={letters} person={person} />
      {holds(person, 'compensations.half-year') && <ButtonLink href={halfYearPath()} kind="secondary">半年列表</ButtonLink>}
      {holds(person, 'compensations.register') && <ButtonLink href={newPath}>登錄請求</ButtonLink>}
    </>
  ),
  empty: '收到的國家賠償請求會列在這裡。',
}

export const routes = [get(listPath, 'compensations.read', (request) => caseListPage(request, procedure, list))]
/** /api/v1/compensations */
export const api = procedureApi(procedure, list, '/compensations')
