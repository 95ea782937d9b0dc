import { LinkedText, type LawLinks } from '../../../core/laws/linked-text.tsx'
import { type Part, partsOf } from '../../../core/laws/structure.ts'
import { type Article, articleLabel, headingLabel, isDeleted, type LawText, levels, placesOf } from '../../../core/laws/text.ts'
import { silentArticle, silentNames } from '../../../core/laws/dated.ts'
import type { Standing } from '../../../core/laws/operations.ts'
import type { Day } from '../../../core/time.ts'
import { LawArticle, type LawLine, LawTable } from '../../../ui/components/law.tsx'
import { articlePath, attachmentPath } from '../paths.ts'

type Props = { /** null: a draft, whose articles have no address yet */ code: string | null; standing: Pick<Standing, 'text' | 'suspended' | 'voided'>; links: LawLinks; /** null: today */ on: Day | null }

/** A whole text: headings and articles, every citation a link as of the day shown. */
export function LawView({ code, standing, links, on }: Props) {
  const { text } = standing
  const silentOf = (no: string) => silentArticle(standing, no)
  const places = placesOf(text.units)
  const level = text.units.some((unit) => unit.kind === 'heading') ? 3 : 2
  return (
    <div class="law">
      {text.preamble && <p class="letter serif">{text.preamble}</p>}
      {text.units.map((unit, i) => {
        if (unit.kind === 'heading') {
          return <h2 key={places[i]} class="law-heading" id={headingId(places[i]!)}>{headingLabel(unit)}　{unit.title}</h2>
        }
        return (
          <LawArticle
            key={unit.no}
            level={level}
            id={`a${unit.no}`}
            label={articleLabel(unit.no, text.form)}
            {...(code === null ? {} : { href: articlePath(code, unit.no, on) })}
            caption={unit.caption}
            lines={linesOf(unit, { links, on, ...(code === null ? {} : { own: code }) })}
            {...(silentOf(unit.no) ? { note: silentNames[silentOf(unit.no)!] } : {})}
          />
        )
      })}
      {text.attachments.length > 0 && (
        <>
          <h2 class="law-heading">附件</h2>
          <ul>{text.attachments.map(({ name, address, sha256 }) => <li key={name}>{address ? <a href={address}>{name}</a> : sha256 && code !== null ? <><a href={attachmentPath(code, sha256)} data-turbo="false">{name}</a></> : name}</li>)}</ul>
        </>
      )}
    </div>
  )
}

const headingId = (place: string) => `h-${place.replaceAll('/', '-')}`

/** An article's lines by depth: 項 0, 款 1, 目 2, below 3. */
export function linesOf(article: Article, { links, on, own }: { links: LawLinks; on: Day | null; own?: string }): LawLine[] {
  if (isDeleted(article)) return [{ depth: 0, label: '', content: article.text }]
  const flat = (parts: Part[]): LawLine[] =>
    parts.flatMap((part) => part.table ? [{ depth: 0, label: '', content: <LawTable table={part.table} drawn={part.text} />, block: true }] : [{ depth: depths[part.kind], label: part.label, content: <LinkedText text={part.text} links={links} on={on} {...(own === undefined ? {} : { own })} /> }, ...flat(part.parts)])
  return flat(partsOf(article.text))
}

const depths: Record<Part['kind'], number> = { paragraph: 0, subparagraph: 1, item: 2, subitem: 3, table: 0 }

/** Where the headings are, for long laws; nothing for a law without. */
export function Contents({ text }: { text: LawText }) {
  const headings = text.units.flatMap((unit, i) => (unit.kind === 'heading' ? [{ unit, id: headingId(placesOf(text.units)[i]!) }] : []))
  const widest = levels.find((level) => headings.some(({ unit }) => unit.level === level))
  const shown = headings.length > 24 ? headings.filter(({ unit }) => unit.level === widest) : headings
  if (!shown.length) return null
  return (
    <nav aria-label="章節">
      <ul class="law-contents">{shown.map(({ unit, id }) => <li key={id}><a href={`#${id}`}>{headingLabel(unit)}　{unit.title}</a></li>)}</ul>
    </nav>
  )
}
