import { sql } from 'kysely'
import { z } from 'zod'
import { act, demandProof, type ActContext } from '../act.ts'
import { type Db, fenceWrites, read, type Tx } from '../db.ts'
import { storeDocument } from '../documents/store.ts'
import { done, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { figureCases } from '../figures/compute.ts'
import type { FigureSpan } from '../figures/figure.ts'
import { holds, type Person } from '../identity/permissions.ts'
import { NotAllowed } from '../errors.ts'
import type { Caller } from '../act.ts'
import { isoInstant } from '../time.ts'
import type { Answered, Parts } from './answers.ts'
import { checkpointAt } from './checkpoint.ts'
import { composeSource, numbersOf, sourceOf } from './compose-report.ts'
import { getDeclaredReport } from './declared.ts'
import type { ReportDocument } from './document/model.ts'
import { findReport, lockDraft, type Report } from './drafts.ts'
import { type RenderedFile, renderFiles, renderLater } from './files.ts'
import { digestOf, freeze } from './frozen.ts'
import { publicFigurePath, publicPicturePath } from './paths.ts'
import { findSections } from './sections.ts'

const Issue = z.object({ report: z.coerce.number().int().positive(), override: z.enum(['0', '1']).default('0'), origin: z.string().max(300).default('') })

/**
 * Issues a draft: everything in it is what was known at one instant, and is frozen: the composed document, each figure with the
 * very cases that it counts, the files, the checkpoint. Sections that their unit has not confirmed keep it from being issued
 * unless `override` is 1; then the report names them. Takes some seconds.
 */
export async function issueReport(caller: Caller & { person: Person }, input: z.input<typeof Issue>): Promise<Result<{ id: number }>> {
  if (!holds(caller.person, 'reports.edit')) throw new NotAllowed('reports.edit')
  demandProof(caller) // before the seconds of work, not after
  const { report, override, origin } = Issue.parse(input)
  const early = await read(caller.db, async (reader) => {
    const found = await findReport(reader, report)
    return found?.state === 'draft' ? refuseUnconfirmed(unconfirmedOf(await findSections(reader, report)), override === '1') : null
  })
  if (early) return early
  const asOf = await fenceWrites(caller.db)
  const prepared = await prepareIssue(caller.db, report, asOf, { by: caller.person.name, origin })
  if ('refused' in prepared) return prepared
  const files = await renderFiles(prepared.document, origin, ['html', 'odt', 'odp', 'pdf'])
  return keepIssue(caller, { ...prepared, files, override: override === '1' })
}

export type Prepared = { report: Report; asOf: Date; checkpoint: string; document: ReportDocument; figures: FrozenFigure[]; unconfirmed: string[]; origin: string }

type FrozenFigure = { answered: Answered; parts: Parts; cases: { id: number; value: number }[] | null }

/** Composes the draft as of the instant and lists the cases behind every figure. */
export async function prepareIssue(db: Db, id: number, asOf: Date, { by, origin }: { by: string; origin: string }): Promise<Prepared | Refusal> {
  const checkpoint = (await checkpointAt(db, asOf)) ?? '0:'.padEnd(66, '0')
  const { report, source } = await sourceOf(db, id, { asOf, checkpoint }, asOf)
  if (report.state !== 'draft') return refusal('report.issued', '這份報告已經定稿')
  const declared = getDeclaredReport(report.kind)
  const span: FigureSpan = { from: report.from_day, to: report.to_day, statusOn: report.status_on, asOf }
  const numbers = await numbersOf(db, declared, span)
  const chapters = [...source.sections, ...(source.closing ? [source.closing] : [])]
  const unconfirmed = unconfirmedOf(chapters.map(({ unitName, ...chapter }) => ({ ...chapter, unit: unitName })))
  for (const chapter of chapters) if (chapter.state === 'confirmed') chapter.state = 'locked'
  Object.assign(source.standing, { state: 'issued', issuedAt: asOf, issuedBy: by, unconfirmed })
  const { document, problems } = await composeSource(db, declared, source, numbers, id, {
    urlOf: (figure) => publicFigurePath(id, figure),
    pictureUrlOf: (sha256) => publicPicturePath(id, sha256),
  })
  const wrong = chapters.filter(({ key }) => problems.get(key)?.some(({ severity }) => severity === 'error'))
  if (wrong.length) return refusal('report.mistakes', `${wrong.map(({ no, title }) => `${no} ${title}`.trim()).join('、')}的文字還有錯誤，請改正後再定稿`)
  return { report, asOf, checkpoint, document, figures: await freezeFigures(db, numbers.answers, await numbers.parts(), span), unconfirmed, origin }
}

async function freezeFigures(db: Db, answers: Map<string, Answered>, parts: Map<string, Parts>, span: FigureSpan): Promise<FrozenFigure[]> {
  return read(db, async (reader) => {
    const frozen: FrozenFigure[] = []
    for (const [id, answered] of answers) {
      const counted = answered.figure.counted
      const cases = counted ? (await figureCases(reader, counted, span)).map(({ case_id, value }) => ({ id: case_id, value })).sort((a, b) => a.id - b.id) : null
      frozen.push({ answered, parts: parts.get(id) ?? {}, cases })
    }
    return frozen
  }, span.asOf)
}

/** Sections whose unit has not given its word, as the report names them. */
function unconfirmedOf(sections: { no: string; title: string; unit: string; state: string }[]): string[] {
  return sections.filter(({ state }) => state === 'drafting').map(({ no, title, unit }) => `${no} ${title}（${unit}）`.trim())
}

function refuseUnconfirmed(unconfirmed: string[], override: boolean): Refusal | null {
  if (!unconfirmed.length || override) return null
  return refusal('report.unconfirmed', `還有 ${unconfirmed.length} 章沒有確認：${unconfirmed.join('、')}`)
}

/** Writes the issue in one transaction; when anything of the draft changed since it was composed, nothing is written. */
const keepIssue = act('reports.issue', z.custom<Prepared & { files: RenderedFile[]; override: boolean }>(), async (tx, ctx, issue) => {
  const refused = refuseUnconfirmed(issue.unconfirmed, issue.override)
  if (refused) return refused
  const draft = await lockDraft(tx, issue.report.id)
  if ('refused' in draft) return draft
  if (await changedSince(tx, draft, issue.asOf)) return refusal('report.changed', '定稿的同時有人改了這份報告，沒有定稿；請看過最新內容再試一次')
  await writeIssue(tx, ctx, issue)
  return done({ id: draft.id })
}, { permission: 'reports.edit', stepUp: true })

/** The rows of an issue, for the act and for the demonstration county. Files that are not made yet are made by a job. */
export async function writeIssue(tx: Tx, ctx: ActContext, issue: Prepared & { files: RenderedFile[] }): Promise<void> {
  const { report, asOf, checkpoint, document, figures, unconfirmed, origin, files } = issue
  const content = freeze(document)
  const digest = digestOf(content, figures.map(digestLine))
  await tx.insertInto('report_figures').values(figures.map((figure, i) => figureRow(report.id, i + 1, figure))).execute()
  const hashes: Record<string, string> = {}
  for (const { format, bytes, mediaType } of files) {
    const { id, sha256 } = await storeDocument(tx, bytes, mediaType)
    await tx.insertInto('report_files').values({ report_id: report.id, format, document_id: id }).execute()
    hashes[format] = sha256
  }
  await tx.updateTable('report_sections').set({ state: 'locked' }).where('report_id', '=', report.id).where('state', '=', 'confirmed').execute()
  await tx
    .updateTable('reports')
    .set({ state: 'issued', as_of: asOf, issued_by: ctx.person?.id ?? null, checkpoint, unconfirmed, base_url: origin, document: JSON.stringify(content), digest })
    .where('id', '=', report.id)
    .execute()
  await record(tx, ctx, 'report.issued', { payload: { report: report.id, asOf: isoInstant(asOf), checkpoint, digest: digest.toString('hex'), files: hashes, unconfirmed: unconfirmed.length } })
  await renderLater(tx, report.id)
}

/** What the digest covers of a figure: its words are in the document. */
function digestLine({ answered, cases }: FrozenFigure): unknown {
  const { figure, value, numerator, denominator, source } = answered
  return frozenLine({ figure: figure.id, value, numerator: numerator ?? null, denominator: denominator ?? null, source, caseIds: cases?.map(({ id }) => id) ?? null, caseValues: cases?.map(({ value: each }) => each) ?? null })
}

export function frozenLine(line: { figure: string; value: unknown; numerator: number | null; denominator: number | null; source: string; caseIds: number[] | null; caseValues: number[] | null }): unknown {
  return line
}

function figureRow(reportId: number, position: number, { answered, parts, cases }: FrozenFigure) {
  const { figure, value, numerator, denominator, source, typed } = answered
  return {
    report_id: reportId, position, figure: figure.id, title: figure.title, definition: figure.definition, kind: figure.kind, unit: figure.unit,
    value: JSON.stringify(value), numerator: numerator ?? null, denominator: denominator ?? null, source,
    typed: typed ? JSON.stringify({ by: typed.byName, at: isoInstant(typed.at), note: typed.note }) : null,
    parts: JSON.stringify(parts), case_ids: cases?.map(({ id }) => id) ?? null, case_values: cases?.map(({ value: each }) => each) ?? null,
  }
}

async function changedSince(tx: Tx, draft: Report, asOf: Date): Promise<boolean> {
  const found = await sql<{ changed: boolean }>`select exists (
    select from reports where id = ${draft.id} and sys_from > ${asOf}
    union all select from report_sections where report_id = ${draft.id} and sys_from > ${asOf}
    union all select from report_pictures where report_id = ${draft.id} and greatest(added_at, removed_at) > ${asOf}
    union all select from typed_values where report_kind = ${draft.kind} and from_day = ${draft.from_day} and to_day = ${draft.to_day} and sys_from > ${asOf}) as changed`.execute(tx)
  return found.rows[0]!.changed
}
