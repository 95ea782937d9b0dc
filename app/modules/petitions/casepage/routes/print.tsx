import { consolePage } from '../../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { rocDateTime } from '../../../../core/time.ts'
import { listPath, petitionPath } from '../../paths.ts'
import { caseNameOf, findCaseFile } from '../case-file.ts'
import { HeadFacts, Sender } from '../facts.tsx'
import { History } from '../history.tsx'
import { Letters } from '../letters.tsx'
import { Work } from '../work.tsx'

/** The whole case on paper, in one column, personal data masked. */
async function print(request: StaffRequest): Promise<Reply> {
  const file = await findCaseFile(request.db, request.person, request.params.name!)
  const name = caseNameOf(file)
  return consolePage(request, {
    title: `${name} ${file.title}`,
    heading: file.title,
    headingNote: name,
    current: listPath,
    breadcrumbs: [{ text: '陳情案件', href: listPath }, { text: name, href: petitionPath(name) }, { text: '列印' }],
    children: (
      <div class="stack">
        <p class="no-print">用瀏覽器的列印功能（Ctrl+P）印出這一頁；個人資料以遮蔽的樣子印出。</p>
        <p class="small muted">{request.person.posts[0]?.unitName} {request.person.name} 於 {rocDateTime(request.now)} 印出</p>
        <HeadFacts file={file} today={request.today} />
        <Letters file={file} />
        <Work file={file} />
        <h2>陳情人</h2>
        <Sender file={file} opened={null} ask={null} />
        <h2>歷程</h2>
        <History file={file} />
      </div>
    ),
  })
}

export const routes = [get('/console/petitions/:name/print', 'petitions.read', print)]
