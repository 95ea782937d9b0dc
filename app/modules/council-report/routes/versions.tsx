import { isRefusal } from '../../../core/errors.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { may } from '../../../core/identity/permissions.ts'
import { findSectionActs } from '../../../core/reports/confirmation.ts'
import { diffLines } from '../../../core/reports/diff.ts'
import { findVersions, restoreSection, type Version } from '../../../core/reports/sections.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, Card, ErrorSummary, Form, InstantText, Table } from '../../../ui/index.ts'
import { DiffView } from '../diff-view.tsx'
import { reportPath, reportsPath, sectionPath, versionsPath } from '../paths.ts'
import { councilReport } from '../report.ts'
import { SectionActs } from '../section-acts.tsx'
import { sectionName } from '../section-state.tsx'
import { reportOf, sectionOf } from './request.ts'

const here = `${reportsPath}/:id/sections/:key/versions`

/** Every text that a section had, what each changed, and the way back. */
export const routes = [
  get(here, 'reports.see', (request) => page(request)),
  post(here, 'reports.write', async (request) => {
    const { id, key } = request.params
    const result = await restoreSection(request.caller, { ...request.form, report: id, key })
    return isRefusal(result) ? page(request, result.message) : redirect(sectionPath(Number(id), key!), `第 ${request.form.restore} 版的文字已成為最新版本`)
  }),
]

async function page(request: StaffRequest, failed?: string): Promise<Reply> {
  const report = await reportOf(request)
  const { section } = await sectionOf(request, report)
  const versions = await findVersions(request.db, section.id)
  const newer = versions.find(({ revision }) => revision === Number(request.query.to)) ?? versions[0]!
  const older = versions.find(({ revision }) => revision === Number(request.query.from)) ?? versions.find(({ revision }) => revision < newer.revision)
  const isOpen = report.state === 'draft' && section.state === 'drafting' && may(request.person, 'reports.write', { unitId: section.unit_id, officerId: null })
  const address = versionsPath(report.id, section.key)
  return consolePage(
    request,
    {
      title: `${sectionName(section)}的版本`,
      current: reportsPath,
      breadcrumbs: [
        { text: councilReport.name, href: reportsPath },
        { text: periodName({ from: report.from_day, to: report.to_day }), href: reportPath(report.id) },
        { text: sectionName(section), href: sectionPath(report.id, section.key) },
        { text: '版本' },
      ],
      children: (
        <>
          {failed && <ErrorSummary errors={[{ text: failed }]} />}
          <Table<Version>
            caption={`共 ${versions.length} 版`}
            rows={versions}
            rowKey={({ revision }) => revision}
            columns={[
              { heading: '版', rowHeader: true, width: 'fit', cell: ({ revision }) => revision },
              { heading: '儲存', width: 'grow', cell: (version) => <><InstantText at={version.saved_at} /> {version.saved_by ?? '建立時的文字'}</> },
              { heading: '字數', numeric: true, cell: ({ body }) => [...body].length.toLocaleString('en') },
              { heading: '改了什麼', width: 'fit', cell: ({ revision }) => (revision === 1 ? '—' : <a href={`${address}?from=${revision - 1}&to=${revision}`}>與前一版比較</a>) },
              { heading: '與現在', width: 'fit', cell: ({ revision }) => (revision === section.revision ? '現在' : <a href={`${address}?from=${revision}&to=${section.revision}`}>與現在比較</a>) },
            ]}
          />
          {older && (
            <Card title={`第 ${older.revision} 版到第 ${newer.revision} 版`}>
              <DiffView lines={diffLines(older.body, newer.body)} label="兩版的差別" />
              {isOpen && older.revision !== section.revision && (
                <Form action={address}>
                  <input type="hidden" name="restore" value={older.revision} />
                  <Button kind="secondary" confirm={`以第 ${older.revision} 版的文字作為最新版本？現在的文字仍留在版本裡。`} confirmAction="回復">回復第 {older.revision} 版</Button>
                </Form>
              )}
            </Card>
          )}
          <SectionActs acts={await findSectionActs(request.db, section)} />
        </>
      ),
    },
    failed ? 422 : 200,
  )
}
