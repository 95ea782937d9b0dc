import { sql } from 'kysely'
import { holds } from '../../../core/identity/permissions.ts'
import { procedureApi } from '../../../core/procedure/api.ts'
import { type CaseList, caseListPage } from '../../../core/procedure/case-list.tsx'
import { LettersLink } from '../../../core/procedure/letters/letters-card.tsx'
import { get } from '../../../core/web/route.ts'
import { ButtonLink } from '../../../ui/components/button.tsx'
import { visibleTo } from '../dispute.ts'
import { letters } from '../letters/kinds.ts'
import { listPath, newPath } from '../paths.ts'
import { procedure } from '../steps.ts'

const list: CaseList = {
  visibleTo: (person) => visibleTo(person),
  about: { heading: '企業經營者', table: 'consumer_disputes', sql: sql`(select organisation from case_parties b where b.case_id = c.id and b.role = 'business' and b.ended_at is null order by b.id limit 1)` },
  actions: ({ person }) => <><LettersLink letters={letters} person={person} />{holds(person, 'consumer-disputes.register') && <ButtonLink href={newPath}>登錄申訴或調解</ButtonLink>}</>,
  empty: '收到的申訴和調解申請會列在這裡。',
}

export const routes = [get(listPath, 'consumer-disputes.read', (request) => caseListPage(request, procedure, list))]
/** /api/v1/consumer-disputes */
export const api = procedureApi(procedure, list, '/consumer-disputes')
