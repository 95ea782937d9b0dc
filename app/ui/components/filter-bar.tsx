import type { ComponentChildren } from 'preact'

export interface ActiveFilter {
  label: string
  /** The same list without this filter. */
  removeHref: string
}

export interface FilterBarProps {
  /** Where the list lives; the filters go into its address. */
  action: string
  children: ComponentChildren
  active?: readonly ActiveFilter[]
  clearHref?: string
  /** Kept in the address though no field shows it, such as the sorting. */
  keep?: Record<string, string>
  submit?: string
}

/** Filters of a list in one line: a GET form, so that a view can be sent to a colleague. */
export function FilterBar({ action, children, active = [], clearHref, keep = {}, submit = '套用' }: FilterBarProps) {
  return (
    <search class="filter">
      <form action={action} method="get" class="filter__form">
        {Object.entries(keep).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        {children}
        <button type="submit" class="govuk-button button--secondary filter__submit">{submit}</button>
      </form>
      {active.length > 0 && (
        <p class="filter__active">
          <span class="filter__word">目前篩選</span>
          {active.map((filter) => (
            <a key={filter.label} class="filter__chip" href={filter.removeHref}>
              <span class="govuk-visually-hidden">移除</span>{filter.label}<span aria-hidden="true" class="filter__cross">×</span>
            </a>
          ))}
          {clearHref && <a class="filter__clear" href={clearHref}>全部清除</a>}
        </p>
      )}
    </search>
  )
}

/** Above a list: how many there are, and what one can do with them. */
export function Toolbar({ count, unit = '件', children }: { count?: ComponentChildren; unit?: string; children?: ComponentChildren }) {
  return (
    <div class="toolbar">
      {count !== undefined && <p class="toolbar__count">共 <strong class="number">{typeof count === 'number' ? count.toLocaleString('en') : count}</strong> {unit}</p>}
      {children && <div class="toolbar__actions">{children}</div>}
    </div>
  )
}
