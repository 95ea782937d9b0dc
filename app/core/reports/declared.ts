import { findFigure, allFigures } from '../figures/registry.ts'
import type { FigureDefinition, FigureKind } from '../figures/figure.ts'
import type { Vocabulary } from './document/text/source.ts'

/** A section as a new report starts with it. */
export type SectionTemplate = { key: string; no: string; title: string; /** the unit that drafts and confirms it */ unitName: string; text: string }

/** A figure that a report names, whether or not a module counts it yet. */
export type NamedFigure = { id: string; kind: FigureKind; unit: string; title: string; definition: string; /** of the section that needs it */ section: string }

/** A kind of report that the office gives: what a new one starts with and which figures it must tell. */
export type DeclaredReport = {
  kind: string
  /** as it is called on the screen */
  name: string
  title: string
  /** the unit that gives it; sections whose own unit is not there fall to it */
  department: string
  sections: readonly SectionTemplate[]
  /** the last chapter, without a number */
  closing: SectionTemplate | null
  catalogue: readonly NamedFigure[]
}

const declared = new Map<string, DeclaredReport>()

/** Called once by the module that owns the report. */
export function declareReport(report: DeclaredReport): DeclaredReport {
  declared.set(report.kind, report)
  return report
}

export function getDeclaredReport(kind: string): DeclaredReport {
  const found = declared.get(kind)
  if (!found) throw new Error(`no module declares the report "${kind}"`)
  return found
}

/** A figure that a report may print. `counted` is there when a module counts it; then it has the last word on title and kind. */
export type ReportFigure = Omit<NamedFigure, 'section'> & { section: string | null; counted: FigureDefinition | null }

/** The catalogue in its order, then every further figure that is counted. */
export function reportFigures(report: DeclaredReport): ReportFigure[] {
  const named = report.catalogue.map((one) => {
    const counted = findFigure(one.id) ?? null
    return { ...one, ...(counted ? wordsOf(counted) : {}), counted }
  })
  const known = new Set(named.map((one) => one.id))
  const further = allFigures().filter((figure) => !known.has(figure.id))
  return [...named, ...further.map((figure) => ({ ...wordsOf(figure), section: null, counted: figure }))]
}

const wordsOf = ({ id, title, definition, kind, unit }: FigureDefinition) => ({ id, title, definition, kind, unit })

/** What texts may refer to. */
export function vocabularyOf(report: DeclaredReport, pictures: ReadonlySet<string> | null): Vocabulary {
  return { figures: new Map(reportFigures(report).map((figure) => [figure.id, figure])), pictures }
}
