import { periodName } from '../../figures/periods.ts'
import { lastDayOfMonth, rocLongDay, rocYear } from '../../time.ts'
import { BlockComposer } from './compose-blocks.ts'
import type { Cover, ReportDocument, Section, SectionState, Standing } from './model.ts'
import { printable } from './plain-text.ts'
import type { Resolver } from './resolver.ts'
import { parseText } from './text/parse.ts'
import type { ContextWord, Problem, Vocabulary } from './text/source.ts'

/** A report as officers keep it: texts with placeholders. */
export interface ReportSource {
  cover: Cover
  sections: SectionSource[]
  closing: SectionSource | null
  standing: Standing
}

export interface SectionSource {
  key: string
  no: string
  title: string
  unitName: string
  state: SectionState
  text: string
}

export interface Composed {
  document: ReportDocument
  /** by section key; only sections that have any */
  problems: Map<string, Problem[]>
}

/** Looks up every figure and picture that the texts name and gives the report as it is printed. */
export async function composeReport(source: ReportSource, vocabulary: Vocabulary, resolver: Resolver): Promise<Composed> {
  const problems = new Map<string, Problem[]>()
  const blocks = new BlockComposer(resolver, contextOf(source))
  const compose = async (section: SectionSource): Promise<Section> => {
    const parsed = parseText(section.text, vocabulary)
    const composed = await blocks.section(section.no, parsed.blocks)
    const found = [...parsed.problems, ...composed.problems]
    if (found.length > 0) problems.set(section.key, found)
    return {
      key: section.key,
      no: printable(section.no),
      title: printable(section.title),
      unitName: printable(section.unitName),
      state: section.state,
      blocks: composed.blocks,
    }
  }
  const sections: Section[] = []
  for (const section of source.sections) sections.push(await compose(section))
  const closing = source.closing ? await compose(source.closing) : null
  const document = {
    cover: printableCover(source.cover),
    sections,
    closing,
    figures: await blocks.figureNotes(),
    standing: source.standing,
  }
  return { document, problems }
}

/** 110年4月至9月, 109年10月至110年3月 for whole months; else both days. */
export function periodText({ from, to }: Pick<Standing, 'from' | 'to'>): string {
  const isWholeMonths = from.endsWith('-01') && to === lastDayOfMonth(to) && rocYear(from) >= 1
  return isWholeMonths ? periodName({ from, to }) : `${rocLongDay(from)}至${rocLongDay(to)}`
}

function contextOf({ cover, standing }: ReportSource): Record<ContextWord, string> {
  return {
    period: printable(cover.periodText),
    from: rocLongDay(standing.from),
    to: rocLongDay(standing.to),
    'status-on': rocLongDay(standing.statusOn),
    year: String(rocYear(standing.to)),
    'next-year': String(rocYear(standing.to) + 1),
    county: printable(cover.county),
    council: printable(cover.council),
    session: printable(cover.session),
  }
}

function printableCover(cover: Cover): Cover {
  return {
    council: printable(cover.council),
    session: printable(cover.session),
    title: printable(cover.title),
    county: printable(cover.county),
    department: printable(cover.department),
    reporter: printable(cover.reporter),
    participants: cover.participants.map(printable),
    periodText: printable(cover.periodText),
  }
}
