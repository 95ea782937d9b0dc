import type { ComponentChildren } from 'preact'
import { classes } from '../classes.ts'
import { useWords } from '../words.ts'
import { Sparkline } from './sparkline.tsx'

export interface FigureLinkProps {
  /** Already written as people read it: 405, 99.51 %. */
  value: string
  unit?: string
  /** What is counted, read out with the number. */
  label: string
  /** Opens the cases; without it the number does not open and is not underlined. */
  href?: string | undefined
  /** The definition in one sentence. */
  definition?: string
  /** Date of knowledge, when it is not today's. */
  asOf?: string | undefined
  /** Typed in by hand: who and when. */
  typed?: string | undefined
}

/** A number in the text that one wants to touch: underlined when it opens, its definition on focus and hover. */
export function FigureLink({ value, unit, label, href, definition, asOf, typed }: FigureLinkProps) {
  const title = [definition, asOf && `${asOf}時所知`, typed && `人工填寫：${typed}`].filter(Boolean).join('；') || undefined
  const number = <><span class="number">{value}</span>{unit && <span class="figure__unit">{spacedUnit(unit)}</span>}</>
  return (
    <span class={classes('figure', typed && 'figure--typed')} title={title}>
      {href ? <a href={href} aria-label={`${label}：${value}${unit ?? ''}`}>{number}</a> : number}
      {typed && <abbr class="figure__typed" title={`人工填寫：${typed}`}>填</abbr>}
    </span>
  )
}

export interface FigureCardProps extends FigureLinkProps {
  /** Earlier half-years, oldest first, this one last; up to eight are drawn. */
  trend?: readonly (number | null)[]
  /** Says in words what the line shows. */
  trendLabel?: string
  note?: ComponentChildren
}

/** A number with its name, its definition and the line of the last half-years. */
export function FigureCard(props: FigureCardProps) {
  const words = useWords()
  const { label, definition, trend, trendLabel, asOf, note } = props
  return (
    <div class="figure-card">
      <p class="figure-card__label">{label}</p>
      <p class="figure-card__value">
        <FigureLink {...props} />
        {trend && <Sparkline values={trend} label={trendLabel ?? `${label}最近 ${Math.min(trend.length, 8)} 個半年`} />}
      </p>
      {note && <p class="figure-card__note">{note}</p>}
      {asOf && <p class="figure-card__note">{asOf}時所知</p>}
      {definition && <details class="why"><summary>{words.definition}<span class="govuk-visually-hidden">：{label}</span></summary><div class="details__body">{definition}</div></details>}
    </div>
  )
}

/** Figures side by side. */
export function FigureRow({ children }: { children: ComponentChildren }) {
  return <div class="figure-row">{children}</div>
}

/** A thin space before % and the like; before a Chinese unit the style sheet's own spacing is enough. */
function spacedUnit(unit: string) {
  return /^[\u3400-\u9fff]/.test(unit) ? unit : `\u202f${unit}`
}
