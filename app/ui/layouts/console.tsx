import type { ComponentChildren } from 'preact'
import { Breadcrumbs } from '../components/breadcrumbs.tsx'
import type { Crumb } from '../components/breadcrumbs.tsx'
import { KeyHelp } from '../components/key-help.tsx'
import { Notification } from '../components/notification.tsx'
import { WindLion } from '../components/wind-lion.tsx'
import { Document } from './document.tsx'
import { DemoBanner, SkipLink, isCurrent } from './parts.tsx'
import type { NavItem } from './parts.tsx'

export interface NavSection {
  title?: string
  items: readonly NavItem[]
}

export interface ConsoleLayoutProps {
  title: string
  county: string
  demo: boolean
  /** Who is signed in; without it there is no menu, as on the sign-in page. */
  person?: { name: string; unit: string; role?: string } | undefined
  sections?: readonly NavSection[]
  /** The `href` of the nav item this page belongs to. */
  current?: string
  breadcrumbs?: readonly Crumb[]
  /** The page's `<h1>`; the title when left out, none when null (the page brings its own). */
  heading?: ComponentChildren
  /** Beside the heading: tags, the case number. */
  headingNote?: ComponentChildren
  /** Right of the heading: what can be done. */
  actions?: ComponentChildren
  /** What the act before this page did. */
  flash?: { kind: 'success' | 'important'; text: ComponentChildren } | undefined
  search?: { action: string; query?: string | undefined }
  accountHref?: string
  signOutAction?: string
  children: ComponentChildren
}

/** A page for staff: sections at the side, search at the top, everything by keyboard. */
export function ConsoleLayout(props: ConsoleLayoutProps) {
  const { title, county, demo, person, sections = [], current, breadcrumbs, flash, children } = props
  return (
    <Document title={title} site={county} density="console" noindex person={person && `${person.unit} ${person.name}`}>
      <SkipLink />
      {demo && <DemoBanner />}
      <ConsoleHeader {...props} />
      <div class={person ? 'desk' : 'desk desk--bare'}>
        {person && <SideNav sections={sections} current={current} />}
        <div class="desk__page">
          {breadcrumbs && <Breadcrumbs items={breadcrumbs} />}
          {flash && <Notification kind={flash.kind} quiet><p>{flash.text}</p></Notification>}
          <main id="main" tabIndex={-1}>
            <PageHead {...props} />
            {children}
          </main>
        </div>
      </div>
      {person && <KeyHelp />}
    </Document>
  )
}

function ConsoleHeader({ county, person, search, accountHref, signOutAction = '/sign-out' }: ConsoleLayoutProps) {
  return (
    <header class="top-bar">
      <a class="top-bar__name" href="/console"><WindLion size={24} /><span>{county}</span></a>
      {person && search && (
        <search class="top-bar__search">
          <form action={search.action} method="get">
            <label class="govuk-visually-hidden" for="search">搜尋各類案號，陳情的主旨、人名</label>
            <input id="search" class="top-bar__field" type="search" name="q" value={search.query ?? ''} placeholder="案號，陳情主旨、人名" autocomplete="off" data-search-key />
            <kbd class="top-bar__key" aria-hidden="true">/</kbd>
            <button class="top-bar__submit" type="submit">搜尋</button>
          </form>
        </search>
      )}
      {person && (
        <details class="user-menu">
          <summary><span class="user-menu__unit">{person.unit}</span><span class="user-menu__name">{person.name}</span></summary>
          <div class="user-menu__body">
            <p class="user-menu__who">{person.name}<span>{person.unit}{person.role && `．${person.role}`}</span></p>
            {accountHref && <a href={accountHref}>我的帳號</a>}
            <button type="button" class="link-button" data-open-dialog="key-help" hidden>鍵盤按鍵</button>
            <form action={signOutAction} method="post" data-clear-kept><button type="submit" class="link-button">登出</button></form>
          </div>
        </details>
      )}
    </header>
  )
}

function SideNav({ sections, current }: { sections: readonly NavSection[]; current: string | undefined }) {
  const items = sections.flatMap((section) => section.items)
  const here = items.find((item) => isCurrent(item, current))
  const folds = items.length >= foldsFrom
  return (
    <nav class={folds ? 'side-nav side-nav--folds' : 'side-nav'} aria-label="主要選單">
      {/* A checkbox, so that the menu opens on a narrow screen without script. */}
      <input type="checkbox" id="side-nav-open" class="side-nav__switch govuk-visually-hidden" />
      <label for="side-nav-open" class="side-nav__label">選單{here && <span>{here.text}</span>}</label>
      <div class="side-nav__sections">
        {sections.map((section, index) => <Section key={section.title ?? index} section={section} current={current} folds={folds} />)}
      </div>
    </nav>
  )
}

/** From so many entries on the menu's sections fold. */
const foldsFrom = 13

/** Open lie the section one is in, and those one has opened (kept in this browser tab); a single entry needs no heading. */
function Section({ section: { title, items }, current, folds }: { section: NavSection; current: string | undefined; folds: boolean }) {
  const list = (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} aria-current={isCurrent(item, current) ? 'page' : undefined}>
            {item.text}
            {item.count !== undefined && <span class="count">{item.count.toLocaleString('en')}</span>}
          </a>
        </li>
      ))}
    </ul>
  )
  if (!title || (folds && items.length === 1)) return <div class="side-nav__section">{list}</div>
  if (!folds) return <div class="side-nav__section"><p class="side-nav__title">{title}</p>{list}</div>
  const isHere = items.some((item) => isCurrent(item, current))
  return <details class="side-nav__section" open={isHere} id={isHere ? undefined : `menu-${title}`} data-open-everywhere={!isHere}><summary class="side-nav__title">{title}</summary>{list}</details>
}

function PageHead({ title, heading = title, headingNote, actions }: ConsoleLayoutProps) {
  if (heading === null) return null
  return (
    <div class="page-head">
      <div class="page-head__what">
        <h1 class="page-head__title">{heading}</h1>
        {headingNote && <div class="page-head__note">{headingNote}</div>}
      </div>
      {actions && <div class="page-head__actions">{actions}</div>}
    </div>
  )
}
