import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { holds, may, type Person } from '../../../core/identity/permissions.ts'
import { composeSource, type Numbers, sourceOf } from '../../../core/reports/compose-report.ts'
import { diffLines } from '../../../core/reports/diff.ts'
import type { Section } from '../../../core/reports/document/model.ts'
import type { Problem } from '../../../core/reports/document/text/source.ts'
import type { Report } from '../../../core/reports/drafts.ts'
import { assignSection, confirmSection, reopenSection, saveSection, type SectionRow } from '../../../core/reports/sections.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, html, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink, Card, Details, ErrorSummary, Form, InsetText, InstantText, Select, TextArea } from '../../../ui/index.ts'
import { DiffView } from '../diff-view.tsx'
import { FigurePalette, LanguageHelp } from '../palette.tsx'
import { numbersPath, picturesPath, reportPath, reportsPath, sectionPath, versionsPath } from '../paths.ts'
import { SectionPreview } from '../preview.tsx'
import { councilReport } from '../report.ts'
import { SectionTag, sectionName } from '../section-state.tsx'
import { draftLinks, errorItems, numbers, reportOf, sectionOf } from './request.ts'

const here = `${reportsPath}/:id/sections/:key`

/** One section: its text beside what it will look like, and its unit's word. */
export const routes = [
  get(here, 'reports.see', async (request) => page(request)),
  post(here, 'reports.write', async (request) => {
    if (request.form.act === 'preview') return page(request, { body: request.form.body, previewed: true })
    const { id, key } = request.params
    const result = await saveSection(request.caller, { ...request.form, report: id, key })
    if (isRefusal(result)) return page(request, { body: request.form.body, failed: result })
    return redirect(sectionPath(Number(id), key!), result.value.changed ? '已儲存' : '文字沒有變動')
  }),
  post(`${here}/preview`, 'reports.see', async (request) => {
    const report = await reportOf(request)
    const { section } = await sectionOf(request, report)
    return html(<SectionPreview {...await preview(request, report, section, request.form.body ?? '', await numbers(request, report))} />)
  }),
  post(`${here}/confirm`, 'reports.confirm', async (request) => acted(request, await confirmSection(request.caller, ofSection(request)), '這一章已確認並鎖定')),
  post(`${here}/reopen`, 'reports.edit', async (request) => acted(request, await reopenSection(request.caller, ofSection(request)), '這一章已重新開放')),
  post(`${here}/unit`, 'reports.edit', async (request) => acted(request, await assignSection(request.caller, ofSection(request)), '已換由另一個單位負責')),
]

const ofSection = ({ params, form }: StaffRequest) => ({ ...form, report: params.id, key: params.key })

function acted(request: StaffRequest, result: unknown, flash: string): Promise<Reply> | Reply {
  return isRefusal(result) ? page(request, { failed: result }) : redirect(sectionPath(Number(request.params.id), request.params.key!), flash)
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
  return consolePage(
    request,
    {
      title: sectionName(section),
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: period, href: reportPath(report.id) }, { text: sectionName(section) }],
      headingNote: <><SectionTag state={section.state} /> <span class="muted">{section.unit}</span></>,
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
          <About section={section} />
          {isStale && <Both section={section} mine={body} />}
          {why === null
            ? <Editor report={report} section={section} text={text} shown={shown} known={known} revision={isStale || !previewed ? section.revision : Number(request.form.revision)} />
            : <><InsetText>{why}</InsetText><SectionPreview {...shown} /></>}
          {report.state === 'draft' && <Word report={report} section={section} person={request.person} errors={shown.problems.filter(({ severity }) => severity === 'error').length} units={await unitsOf(request)} />}
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
async function preview(request: StaffRequest, report: Report, section: SectionRow, text: string, known: Numbers): Promise<{ section: Section; problems: Problem[] }> {
  const { source } = await sourceOf(request.db, report.id, { asOf: request.now, checkpoint: null }, null)
  const own = { key: section.key, no: section.no, title: section.title, unitName: section.unit, state: section.state, text }
  const { document, problems } = await composeSource(request.db, councilReport, { ...source, sections: [own], closing: null }, known, report.id, draftLinks(report))
  return { section: document.sections[0]!, problems: problems.get(section.key) ?? [] }
}

function About({ section }: { section: SectionRow }) {
  if (section.reopened_because) return <InsetText>報告彙編重新開放這一章：{section.reopened_because}</InsetText>
  if (section.state !== 'drafting' && section.confirmed_at) return <p class="muted">{section.confirmed_by} 於 <InstantText at={section.confirmed_at} /> 確認。</p>
  if (section.revision > 1) return <p class="muted">{section.saved_by} 於 <InstantText at={section.saved_at} /> 儲存。</p>
  return null
}

/** Somebody saved meanwhile: what they saved, and how it differs from what is in the field. */
function Both({ section, mine }: { section: SectionRow; mine: string }) {
  return (
    <Card title={`${section.saved_by ?? '別人'}剛才儲存的文字，和您的差別`}>
      <p>下面的編輯欄是您的文字。請把需要的部分併進去再儲存；儲存後以您的為準，對方的文字仍留在版本裡。</p>
      <DiffView lines={diffLines(section.body, mine)} label="對方的文字和您的文字的差別" />
      <Details summary="對方儲存的全文"><TextArea name="theirs" label="對方的全文" value={section.body} rows={12} /></Details>
    </Card>
  )
}

type EditorProps = { report: Report; section: SectionRow; text: string; shown: { section: Section; problems: Problem[] }; known: Numbers; revision: number }

function Editor({ report, section, text, shown, known, revision }: EditorProps) {
  const address = sectionPath(report.id, section.key)
  return (
    <div class="editor" data-report-editor data-preview={`${address}/preview`}>
      <Form action={address} formKey={randomUUID()} id={`section-${report.id}-${section.key}`} keep class="editor__form">
        <input type="hidden" name="revision" value={revision} />
        <TextArea name="body" label="文字" rows={24} value={text} hint="數字寫成 {{代號}}，由案件算出後放進去；可用的代號在下面。" />
        <ButtonGroup>
          <Button>儲存</Button>
          <Button kind="secondary" name="act" value="preview">預覽</Button>
        </ButtonGroup>
        <FigurePalette report={report} section={section} answers={known.answers} />
        <LanguageHelp />
        <p><a href={numbersPath(report.id)}>登打沒有紀錄的數字</a>　<a href={picturesPath(report.id)}>上傳圖片</a></p>
      </Form>
      <div class="editor__preview" data-report-preview aria-label="預覽" role="region" tabIndex={0}>
        <SectionPreview {...shown} />
      </div>
    </div>
  )
}

type WordProps = { report: Report; section: SectionRow; person: Person; errors: number; units: { id: number; name: string }[] }

/** Confirming, reopening, and whose section it is. */
function Word({ report, section, person, errors, units }: WordProps) {
  const address = sectionPath(report.id, section.key)
  const mayEdit = holds(person, 'reports.edit')
  if (section.state !== 'drafting') {
    return (
      <Card title="重新開放">
        <Form action={`${address}/reopen`}>
          {mayEdit && <TextArea name="reason" label="為什麼要重新開放" rows={2} hint={`${section.unit}會看到這句話`} />}
          <Button kind="secondary" reason={mayEdit ? null : '只有報告彙編可以重新開放'}>重新開放</Button>
        </Form>
      </Card>
    )
  }
  const mayConfirm = may(person, 'reports.confirm', { unitId: section.unit_id, officerId: null })
  return (
    <Card title="確認">
      <p>確認表示{section.unit}負責這一章的文字與登打的數字；確認後鎖定。</p>
      <Form action={`${address}/confirm`}>
        <input type="hidden" name="revision" value={section.revision} />
        <Button reason={!mayConfirm ? `由${section.unit}的科長或單位主管確認` : errors ? `文字還有 ${errors} 處錯誤` : null}>確認這一章</Button>
      </Form>
      {mayEdit && (
        <Details summary="換由另一個單位負責">
          <Form action={`${address}/unit`}>
            <Select name="unit" label="單位" value={String(section.unit_id)} options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
            <Button kind="secondary">更換</Button>
          </Form>
        </Details>
      )}
    </Card>
  )
}

async function unitsOf(request: StaffRequest): Promise<{ id: number; name: string }[]> {
  if (!holds(request.person, 'reports.edit')) return []
  const units = await request.db.selectFrom('units as u').innerJoin('units as b', 'b.id', 'u.bureau_id').select(['u.id', 'u.name', 'b.name as bureau', 'u.kind']).where('u.valid_until', 'is', null).orderBy('b.code').orderBy('u.code').execute()
  return units.map(({ id, name, bureau, kind }) => ({ id, name: kind === 'section' ? `${bureau}${name}` : name }))
}
