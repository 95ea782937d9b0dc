import { akomaNtoso } from '../../../core/laws/akoma-ntoso.ts'
import { textOn } from '../../../core/laws/dated.ts'
import { printText } from '../../../core/laws/print-text.ts'
import { changeOf } from '../../../core/laws/queries.ts'
import { lawKinds } from '../../../core/laws/tables.ts'
import { articleLabel, headingLabel } from '../../../core/laws/text.ts'
import { NotFound } from '../../../core/errors.ts'
import { file, get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { attachmentPath, lawPath, publicPath } from '../paths.ts'
import { noteOf, type OpenText } from './gazette.ts'
import { openLaw } from './law.tsx'
import { dayAsked } from './page.tsx'
import { lawOdt, lawPdf } from './law-paper.ts'

type Open = OpenText & { request: PageRequest }

/** The text of a day in a form for programs or for the desk. */
const forms: Record<string, { type: string; make(open: Open): string | Buffer | Promise<Buffer> }> = {
  xml: {
    type: 'application/akn+xml; charset=utf-8',
    make: ({ law, rows, standing, on, request }) =>
      akomaNtoso({ code: law.code, name: law.name, county: request.site.county, isNational: law.kind === 'national', enactedOn: rows[0]!.promulgated_on, on: standing.basis.at(-1)!.effectiveOn ?? on, text: standing.text, noteOf: noteOf(standing), fileAt: (sha256) => request.origin + attachmentPath(law.code, sha256) }),
  },
  json: { type: 'application/json; charset=utf-8', make: (open) => `${JSON.stringify(lawJson(open, open.request.origin + lawPath(open.law.code, open.on)), null, 1)}\n` },
  txt: { type: 'text/plain; charset=utf-8', make: ({ standing }) => `${standing.text.name}\n\n${printText(standing.text, noteOf(standing))}\n` },
  pdf: { type: 'application/pdf', make: (open) => lawPdf(open) },
  odt: { type: 'application/vnd.oasis.opendocument.text', make: (open) => lawOdt(open) },
}

/** The law with its changes as operations and the text of the day, in the order of the law. */
export function lawJson({ law, rows, standing, on }: OpenText, url: string) {
  return {
    code: law.code, name: standing.text.name, kind: lawKinds[law.kind], category: law.category, unit: law.unit_name, on, state: standing.state, url, endsOn: standing.endsOn, suspended: standing.suspended, void: standing.voided,
    preamble: standing.text.preamble,
    units: standing.text.units.map((unit) => (unit.kind === 'heading' ? { heading: headingLabel(unit), title: unit.title } : { no: unit.no, label: articleLabel(unit.no, standing.text.form), caption: unit.caption ?? null, text: unit.text })),
    attachments: standing.text.attachments,
    changes: rows.map((row) => ({ kind: row.kind, promulgatedOn: row.promulgated_on, effectiveOn: row.effective_on, documentNo: row.document_no, operations: row.operations })),
  }
}

async function download(request: PageRequest): Promise<Reply> {
  const form = request.params.form!
  const made = Object.hasOwn(forms, form) ? forms[form] : undefined
  if (!made) throw new NotFound('沒有這種格式')
  const { law, rows } = await openLaw(request, request.params.code!)
  const { on } = dayAsked(request.query.on, request.today)
  const standing = textOn(rows.map(changeOf), on, law.name)
  if (standing.state === 'none') throw new NotFound('這一天還沒有生效的條文')
  return file(await made.make({ law, rows, standing, on, request, county: request.site.county, origin: request.origin }), made.type, `${standing.text.name}-${on}.${form}`)
}

export const routes = [get(`${publicPath}/:code/text.:form`, 'public', download, { limit: 60 })]
