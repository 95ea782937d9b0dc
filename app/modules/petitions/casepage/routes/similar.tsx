import { may } from '../../../../core/identity/permissions.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { FetchedPart } from '../../../../ui/components/fetched-part.tsx'
import { listPath, petitionPath } from '../../paths.ts'
import { caseNameOf, findCaseFile } from '../case-file.ts'
import { SimilarCases, similarTo } from '../similar-cases.tsx'

/** What may be the same matter: the case page fetches this part of itself; without script it is a page of its own. */
async function similarPage(request: StaffRequest): Promise<Reply> {
  const { db, person, params } = request
  const file = await findCaseFile(db, person, params.name!)
  const own = caseNameOf(file)
  const similar = file.closedAt || !file.receivedAt ? [] : await similarTo(db, person, file)
  return consolePage(request, {
    title: `${own} 可能是同一件事的案件`,
    heading: file.title,
    headingNote: own,
    current: listPath,
    breadcrumbs: [{ text: '陳情案件', href: listPath }, { text: own, href: petitionPath(own) }, { text: '可能是同一件事' }],
    children: (
      <FetchedPart id="similar-cases">
        {similar.length
          ? <SimilarCases file={file} similar={similar} canMerge={may(person, 'petitions.merge', file)} />
          : <p class="muted small">半年內沒有看起來是同一件事的案件。</p>}
      </FetchedPart>
    ),
  })
}

export const routes = [get('/console/petitions/:name/similar', 'petitions.read', similarPage)]
