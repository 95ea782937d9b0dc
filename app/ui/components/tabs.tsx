import type { ComponentChildren } from 'preact'
import { classes } from '../classes.ts'
import { useWords } from '../words.ts'

export interface Tab {
  id: string
  label: string
  count?: number
  content: ComponentChildren
}

/** Sections of which one is seen at a time; without script all are seen, one below the other. */
export function Tabs({ title, tabs }: { title?: string; tabs: readonly Tab[] }) {
  const words = useWords()
  return (
    <div class="govuk-tabs" data-module="govuk-tabs">
      <h2 class="govuk-tabs__title">{title ?? words.contents}</h2>
      <ul class="govuk-tabs__list">
        {tabs.map((tab, index) => (
          <li key={tab.id} class={classes('govuk-tabs__list-item', index === 0 && 'govuk-tabs__list-item--selected')}>
            <a class="govuk-tabs__tab" href={`#${tab.id}`}>
              {tab.label}
              {tab.count !== undefined && <span class="count">{tab.count.toLocaleString('en')}</span>}
            </a>
          </li>
        ))}
      </ul>
      {tabs.map((tab, index) => (
        <section key={tab.id} id={tab.id} class={classes('govuk-tabs__panel', index > 0 && 'govuk-tabs__panel--hidden')}>
          <h3 class="tabs__heading">{tab.label}</h3>
          {tab.content}
        </section>
      ))}
    </div>
  )
}

export interface SubNavItem {
  href: string
  text: string
  count?: number | undefined
}

/** Pages of one thing beside each other, each with its own address. */
export function SubNav({ label, items, current }: { label: string; items: readonly SubNavItem[]; current: string }) {
  return (
    <nav class="sub-nav" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
              {item.text}
              {item.count !== undefined && <span class="count">{item.count.toLocaleString('en')}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
