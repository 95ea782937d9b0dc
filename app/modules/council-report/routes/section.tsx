import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { holds, may, type Person } from '../../../core/identity/permissions.ts'
import { composeSource, type Numbers, sourceOf } from '../../../core/reports/compose-report.ts'
import { confirmSection, confirmSectionFor, findSectionActs, mistakesIn, reopenSection } from '../../../core/reports/confirmation.ts'
import { vocabularyOf } from '../../../core/reports/declared.ts'
import { parseText } from '../../../core/reports/document/text/parse.ts'
import type { Report } from '../../../core/reports/drafts.ts'
import { pictureCodes } from '../../../core/reports/pictures.ts'
import { assignSection, findSections, saveSection, type SectionRow } from '../../../core/reports/sections.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, html, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonLink, Card, Details, ErrorSummary, Form, InsetText, ProgressBar, Select, TextArea } from '../../../ui/index.ts'
import { reportPath, reportsPath, sectionPath, versionsPath } from '../paths.ts'
import { SectionPreview } from '../preview.tsx'
import { councilReport } from '../report.ts'
import { LastWord } from '../section-acts.tsx'
import { BothTexts, SectionEditor, type Shown } from '../section-editor.tsx'
import { nextMissing, SectionTag, sectionName } from '../section-state.tsx'
import { draftLinks, errorItems, errorOf, numbers, reportOf, sectionOf } from './request.ts'

const here = `${reportsPath}/:id/sections/:key`

/** One section: its text beside what it will look like, and its unit's word. */
export const routes = [
  get(here, 'reports.see', async (request) => page(request)),
  post(here, 'reports.write', async (request) => {
    const { id, key } = request.params
    const { form } = request
    if (form.act === 'preview') return page(request, { body: form.body, previewed: true })
    const saved = await saveSection(request.caller, { ...form, report: id, key })
    if (isRefusal(saved)) return page(request, { body: form.body, failed: saved })
    const { changed, revision } = saved.value
    const address = sectionPath(Number(id), key!)
    if (form.act === 'confirm' || form.act === 'confirm-for') {
      const confirm = form.act === 'confirm' ? confirmSection : confirmSectionFor
      const confirmed = await confirm(request.caller, { report: id, key, revision, reason: form.reason })
      return isRefusal(confirmed) ? page(request, { failed: confirmed }) : redirect(address, '這一章已確認並鎖定')
    }
    const report = await reportOf(request)
    const mistakes = changed ? await mistakesOf(request, report, form.body ?? '') : null
    if (form.act === 'next' && !mistakes) {
      const next = nextMissing(await findSections(request.db, report.id), key!)
      if (next) return redirect(sectionPath(report.id, next.key), changed ? '前一章已儲存' : '前一章沒有變動')
    }
    return redirect(address, !changed ? '文字沒有變動' : mistakes ? '已儲存；文字裡標出的錯誤改好才能確認' : '已儲存')
  }),
  post(`${here}/preview`, 'reports.see', async (request) => {
    const report = await reportOf(request)
    const { section } = await sectionOf(request, report)
    return html(<SectionPreview {...await preview(request, report, section, request.form.body ?? '', await numbers(request, report))} />)
  }),
  post(`${here}/reopen`, 'reports.edit', async (request) => acted(request, await reopenSection(request.caller, ofSection(request)), '這一章已重新開放')),
  post(`${here}/unit`, 'reports.edit', async (request) => acted(request, await assignSection(request.caller, ofSection(request)), '已換由另一個單位負責')),
]

const ofSection = ({ params, form }: StaffRequest) => ({ ...form, report: params.id, key: params.key })

function acted(request: StaffRequest, result: unknown, flash: string): Promise<Reply> | Reply {
  return isRefusal(result) ? page(request, { failed: result }) : redirect(sectionPath(Number(request.params.id), request.params.key!), flash)
}

async function mistakesOf(request: StaffRequest, report: Report, body: string): Promise<string | null> {
  return mistakesIn(parseText(body, vocabularyOf(councilReport, await pictureCodes(request.db, report.id))).problems)
}

type Typed = { body?: string | undefined; failed?: Refusal; previewed?: boolean }

async function page(request: StaffRequest, { body, failed, previewed }: Typed = {}): Promise<Reply> {
  const report = await reportOf(request)
  const { section, sections } = await sectionOf(request, report)
  const known = await numbers(request, report)
  const text = body ?? section.body
  const shown = await preview(request, report, section, text, known)
  const why = whyNotEdit(report, section, request.person)
  const isStale = failed?.code === 'section.changed' && body !== undefined
  const period = periodName({ from: report.from_day, to: report.to_day })
  const at = sections.findIndex(({ key }) => key === section.key)
  const next = report.state === 'draft' ? nextMissing(sections, section.key) : null
  const [last] = await findSectionActs(request.db, section)
  return consolePage(
    request,
    {
      title: sectionName(section),
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: period, href: reportPath(report.id) }, { text: sectionName(section) }],
      headingNote: <><SectionTag state={section.state} confirmedFor={section.confirmed_because !== null} /> <span class="muted">{section.unit}</span></>,
      actions: (
        <div class="cluster">
          {at > 0 && <ButtonLink kind="quiet" small href={sectionPath(report.id, sections[at - 1]!.key)}>上一章</ButtonLink>}
          {at < sections.length - 1 && <ButtonLink kind="quiet" small href={sectionPath(report.id, sections[at + 1]!.key)}>下一章</ButtonLink>}
          <ButtonLink kind="secondary" small href={versionsPath(report.id, section.key)}>版本（{section.revision}）</ButtonLink>
        </div>
      ),
      children: (
        <>
          <ErrorSummary errors={errorItems(failed)} />
          {report.state === 'draft' && <Progress report={report} sections={sections} next={next} />}
          <LastWord section={section} last={last} />
          {isStale && <BothTexts section={section} mine={body} />}
          {why === null
            ? (
              <SectionEditor report={report} section={section} person={request.person} text={text} shown={shown} known={known} next={next} values={{ reason: request.form.reason }}
                revision={isStale || !previewed ? section.revision : Number(request.form.revision)} errorOf={(field) => errorOf(failed, field)} />
            )
            : <><InsetText>{why}</InsetText><SectionPreview {...shown} /></>}
          {report.state === 'draft' && <Department report={report} section={section} person={request.person} units={await unitsOf(request)} failed={failed} />}
        </>
      ),
    },
    failed || previewed ? 422 : 200,
  )
}

function whyNotEdit(report: Report, section: SectionRow, person: Person): string | null {
  if (report.state === 'issued') return '這份報告已定稿，內容不再改變。'
  if (section.state !== 'drafting') return '這一章已確認並鎖定；要修改，請報告彙編重新開放。'
  if (!may(person, 'reports.write', { unitId: section.unit_id, officerId: null })) return `這一章由${section.unit}撰寫。`
  return null
}

/** The section as it will be printed, with this text in place of the saved one. */
async function preview(request: StaffRequest, report: Report, section: SectionRow, text: string, known: Numbers): Promise<Shown> {
  const { source } = await sourceOf(request.db, report.id, { asOf: request.now, checkpoint: null }, null)
  const own = { key: section.key, no: section.no, title: section.title, unitName: section.unit, state: section.state, text }
  const { document, problems } = await composeSource(request.db, councilReport, { ...source, sections: [own], closing: null }, known, report.id, draftLinks(report))
  return { section: document.sections[0]!, problems: problems.get(section.key) ?? [], text }
}

type DepartmentProps = { report: Report; section: SectionRow; person: Person; units: { id: number; name: string }[]; failed: Refusal | undefined }

/** What only the department does: reopening, and whose section it is. */
function Department({ report, section, person, units, failed }: DepartmentProps) {
  const address = sectionPath(report.id, section.key)
  const mayEdit = holds(person, 'reports.edit')
  if (section.state !== 'drafting') {
    return (
      <Card title="重新開放">
        <Form action={`${address}/reopen`}>
          {mayEdit && <TextArea name="reason" label="為什麼要重新開放" rows={2} hint={`${section.unit}會看到這句話`} error={errorOf(failed, 'reason')} />}
          <Button kind="secondary" reason={mayEdit ? null : '只有報告彙編可以重新開放'}>重新開放</Button>
        </Form>
      </Card>
    )
  }
  if (!mayEdit) return null
  return (
    <Details summary="換由另一個單位負責">
      <Form action={`${address}/unit`}>
        <Select name="unit" label="單位" value={String(section.unit_id)} options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
        <Button kind="secondary">更換</Button>
      </Form>
    </Details>
  )
}

/** How far the report is, and the way to the next section that waits. */
function Progress({ report, sections, next }: { report: Report; sections: SectionRow[]; next: SectionRow | null }) {
  const confirmed = sections.filter(({ state }) => state !== 'drafting').length
  return (
    <div class="editor__progress cluster">
      <ProgressBar label="已確認" done={confirmed} total={sections.length} unit="章" />
      {next && <a href={sectionPath(report.id, next.key)}>下一個未確認的章：{sectionName(next)}（{next.unit}）</a>}
    </div>
  )
}

async function unitsOf(request: StaffRequest): Promise<{ id: number; name: string }[]> {
  if (!holds(request.person, 'reports.edit')) return []
  const units = await request.db.selectFrom('units as u').innerJoin('units as b', 'b.id', 'u.bureau_id').select(['u.id', 'u.name', 'b.name as bureau', 'u.kind']).where('u.valid_until', 'is', null).orderBy('b.code').orderBy('u.code').execute()
  return units.map(({ id, name, bureau, kind }) => ({ id, name: kind === 'section' ? `${bureau}${name}` : name }))
}
