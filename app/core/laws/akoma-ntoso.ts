import type { Day } from '../time.ts'
import type { DrawnTable } from './drawn-tables.ts'
import { type Part, partsOf } from './structure.ts'
import { type Article, articleLabel, headingLabel, isDeleted, type LawText, levels, type Level, type Unit } from './text.ts'
import { xmlText } from './xml.ts'

export type AknAbout = { code: string; name: string; county: string; isNational: boolean; enactedOn: Day; /** the day whose text this is */ on: Day; text: LawText; /** what is to be said of an article: 暫停適用, 函告無效 */ noteOf?: (no: string) => string; /** where the file of an attachment lies */ fileAt?: (sha256: string) => string }

/**
 * A text of a law as Akoma Ntoso 3.0 (OASIS LegalDocML): one act, one version. Work, expression and manifestation are named by code and day,
 * so the same text of the same day has the same names. Headings nest; 項款目 are paragraph, point and list.
 */
export function akomaNtoso({ code, county, isNational, enactedOn, on, text, noteOf = () => '', fileAt }: AknAbout): string {
  const work = `/akn/tw/act/${enactedOn}/${code}`
  const expression = `${work}/zho@${on}`
  const author = isNational ? 'national' : 'county'
  const frbr = (name: string, uri: string, date: Day, more: string) => `<${name}><FRBRthis value="${uri}/!main"/><FRBRuri value="${uri}"/><FRBRdate date="${date}" name="Generation"/><FRBRauthor href="#${author}"/>${more}</${name}>`
  const identification = `<identification source="#editor">${frbr('FRBRWork', work, enactedOn, '<FRBRcountry value="tw"/>')}${frbr('FRBRExpression', expression, on, '<FRBRlanguage language="zho"/>')}<FRBRManifestation><FRBRthis value="${expression}/!main.xml"/><FRBRuri value="${expression}.xml"/><FRBRdate date="${on}" name="Generation"/><FRBRauthor href="#editor"/></FRBRManifestation></identification>`
  const references = `<references source="#editor"><TLCOrganization eId="${author}" href="/ontology/organization/tw/${author}" showAs="${xmlText(isNational ? '中央機關' : county)}"/><TLCOrganization eId="editor" href="/ontology/organization/tw/editor" showAs="${xmlText(county)}"/></references>`
  const preamble = text.preamble ? `<preamble>${text.preamble.split('\n').map((line) => `<p>${xmlText(line)}</p>`).join('')}</preamble>` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act" contains="singleVersion"><meta>${identification}${references}</meta><preface><p><docTitle>${xmlText(text.name)}</docTitle></p></preface>${preamble}<body>${body(text, noteOf)}</body>${attachmentsXml(text, fileAt)}</act></akomaNtoso>\n`
}

/** Files are named by where they lie; an attachment without one by its name within this text. */
function attachmentsXml({ attachments }: LawText, fileAt: AknAbout['fileAt']): string {
  if (!attachments.length) return ''
  const each = attachments.map(({ name, sha256, address }, i) => `<attachment eId="att_${i + 1}"><documentRef eId="att_${i + 1}__ref" href="${xmlText(address ?? (sha256 && fileAt ? fileAt(sha256) : `#att_${i + 1}`))}" showAs="${xmlText(name)}"/></attachment>`)
  return `<attachments>${each.join('')}</attachments>`
}

const elements: Record<Level, [string, string]> = { 編: ['part', 'part'], 章: ['chapter', 'chp'], 節: ['section', 'sec'], 款: ['subsection', 'subsec'], 目: ['subdivision', 'subdvs'] }

/** Headings open as deep as their level and close before the next of the same or a wider one. */
function body(text: LawText, noteOf: (no: string) => string): string {
  const open: { level: Level; close: string; id: string }[] = []
  let xml = ''
  const closeFrom = (level: Level) => {
    while (open.length && levels.indexOf(open.at(-1)!.level) >= levels.indexOf(level)) xml += open.pop()!.close
  }
  for (const unit of text.units) {
    if (unit.kind === 'article') {
      xml += articleXml(unit, text, noteOf(unit.no))
      continue
    }
    closeFrom(unit.level)
    const [element, short] = elements[unit.level]
    const id = `${open.length ? `${open.at(-1)!.id}__` : ''}${short}_${unit.no}`
    xml += `<${element} eId="${id}"><num>${xmlText(headingLabel(unit))}</num><heading>${xmlText(unit.title)}</heading>`
    open.push({ level: unit.level, close: `${isEmpty(text.units, unit) ? `<hcontainer name="empty" eId="${id}__empty"><content><p/></content></hcontainer>` : ''}</${element}>`, id })
  }
  while (open.length) xml += open.pop()!.close
  return xml || '<hcontainer name="empty" eId="empty"><content><p/></content></hcontainer>'
}

/** A heading with nothing below it, which the schema does not know. */
function isEmpty(units: readonly Unit[], heading: Unit): boolean {
  const next = units[units.indexOf(heading) + 1]
  return !next || (next.kind === 'heading' && heading.kind === 'heading' && levels.indexOf(next.level) <= levels.indexOf(heading.level))
}

function articleXml(article: Article, { form }: LawText, note: string): string {
  const id = `art_${article.no}`
  const heading = article.caption ? `<heading>${xmlText(article.caption)}</heading>` : ''
  const parts = partsOf(article.text)
  const inner = parts.length && !isDeleted(article) ? parts.map((part, i) => partXml(part, id, i)).join('') : `<content><p>${xmlText(article.text)}</p></content>`
  return `<article eId="${id}"><num>${xmlText(articleLabel(article.no, form))}${note && `<remark status="editorial">（${xmlText(note)}）</remark>`}</num>${heading}${inner}</article>`
}

const tableXml = ({ head, rows }: DrawnTable): string => {
  const row = (cells: readonly string[], cell: 'th' | 'td') => `<tr>${cells.map((words) => `<${cell}><p>${xmlText(words)}</p></${cell}>`).join('')}</tr>`
  return `<table>${head ? row(head, 'th') : ''}${rows.map((cells) => row(cells, 'td')).join('')}</table>`
}

/** A part with parts of its own has its words as an introduction before their list. */
function partXml(part: Part, above: string, at: number): string {
  const [element, short] = part.kind === 'paragraph' ? ['paragraph', 'para'] : part.kind === 'item' || part.kind === 'subitem' ? ['indent', 'indent'] : ['point', 'point']
  const id = `${above}__${short}_${at + 1}`
  if (part.table) return `<paragraph eId="${id}"><content>${tableXml(part.table)}</content></paragraph>`
  const num = part.label ? `<num>${xmlText(part.label)}</num>` : ''
  const words = `<p>${xmlText(part.text)}</p>`
  if (!part.parts.length) return `<${element} eId="${id}">${num}<content>${words}</content></${element}>`
  const list = `<list eId="${id}__list_1">${part.parts.map((child, i) => partXml(child, `${id}__list_1`, i)).join('')}</list>`
  return `<${element} eId="${id}">${num}<intro>${words}</intro>${list}</${element}>`
}
