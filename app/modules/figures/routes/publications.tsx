import { findPublications } from '../../../core/figures/published.ts'
import { figureListPath, figuresPath } from '../../../core/figures/paths.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { publishAll } from '../../../core/figures/publish.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect } from '../../../core/web/route.ts'
import { Button, DayText, EmptyState, Form, InstantText, Table } from '../../../ui/index.ts'
import { publicationsPath } from '../paths.ts'

/** What the public sees of the figures, and as of when. */
export const routes = [
  get(publicationsPath, 'figures.publish', async (request) => {
    const publications = await findPublications(request.publicDb)
    return consolePage(request, {
      title: '公開的統計',
      current: figuresPath,
      breadcrumbs: [{ text: '統計數字', href: figuresPath }, { text: '公開的統計' }],
      actions: <Form action={publicationsPath} method="post"><Button>現在重新公布</Button></Form>,
      children: (
        <>
          <p>民眾看到的是算好並公布的數字，不是案件。每天清晨依當時所知重新公布；更正了資料而不想等到明天，可以現在就公布。少於 3 件的滿意度不公布。</p>
          <Table
            caption="已公布的半年"
            captionHidden
            rows={publications}
            rowKey={(row) => row.id}
            empty={<EmptyState title="還沒有公布過統計"><p>有案件之後，每天清晨會自動公布。</p></EmptyState>}
            columns={[
              { heading: '期間', rowHeader: true, cell: (row) => <a href={figureListPath({ from: row.from, to: row.to, statusOn: row.statusOn, asOf: row.asOf })}>{periodName(row)}</a> },
              { heading: '資料截止日', cell: (row) => <DayText day={row.statusOn} /> },
              { heading: '依何時所知', cell: (row) => <InstantText at={row.asOf} /> },
            ]}
          />
        </>
      ),
    })
  }),
  post(publicationsPath, 'figures.publish', async (request) => {
    const count = await publishAll(request.db, request.now, request.person)
    return redirect(publicationsPath, count ? `已公布 ${count} 個半年的統計` : '還沒有案件，沒有可以公布的統計')
  }),
]
