import type { ComponentChildren } from 'preact'
import { Breadcrumbs } from '../components/breadcrumbs.tsx'
import type { Crumb } from '../components/breadcrumbs.tsx'
import { WindLion } from '../components/wind-lion.tsx'
import { useWords } from '../words.ts'
import type { Lang } from '../words.ts'
import { Document } from './document.tsx'
import { DemoBanner, SkipLink, isCurrent } from './parts.tsx'
import type { NavItem } from './parts.tsx'

export interface PortalLayoutProps {
  title: string
  /** The county's name, 金門縣政府. */
  county: string
  lang?: Lang
  nav?: readonly NavItem[]
  /** The `href` of the nav item this page belongs to. */
  current?: string
  demo: boolean
  breadcrumbs?: readonly Crumb[]
  /** The same page in the other language. */
  otherLanguage?: { href: string; text: string; lang: Lang }
  /** Pages with tables and charts may be wider than text. */
  wide?: boolean
  description?: string
  footer?: readonly NavItem[]
  /** Where the name at the top leads. */
  home?: string
  children: ComponentChildren
}

/** A page for residents: one column, large text. The page brings its own `<h1>`. */
export function PortalLayout(props: PortalLayoutProps) {
  const { title, county, lang = 'zh-Hant-TW', demo, breadcrumbs, wide, description, footer = [], children } = props
  return (
    <Document title={title} site={county} density="portal" lang={lang} description={description}>
      <SkipLink />
      {demo && <DemoBanner />}
      <PortalHeader {...props} />
      <div class="page">
        {breadcrumbs && <Breadcrumbs items={breadcrumbs} />}
        <main id="main" class={wide ? 'main main--wide' : 'main'} tabIndex={-1}>{children}</main>
      </div>
      <footer class="site-footer">
        <div class="site-footer__inner">
          {footer.length > 0 && <ul class="site-footer__links">{footer.map((item) => <li key={item.href}><a href={item.href}>{item.text}</a></li>)}</ul>}
          <p class="site-footer__name">{county}</p>
        </div>
      </footer>
    </Document>
  )
}

function PortalHeader({ county, nav = [], current, otherLanguage, home = '/' }: PortalLayoutProps) {
  const words = useWords()
  const here = nav.find((item) => isCurrent(item, current))
  return (
    <header class="site-header">
      <div class="site-header__inner">
        <a class="site-header__name" href={home}><WindLion size={32} />{county}</a>
        {otherLanguage && <a class="site-header__language" href={otherLanguage.href} lang={otherLanguage.lang} hreflang={otherLanguage.lang}>{otherLanguage.text}</a>}
        {nav.length > 0 && (
          <nav class="site-nav" aria-label={words.mainNavigation}>
            {/* A checkbox, so that the menu opens on a phone without script. */}
            <input type="checkbox" id="site-nav-open" class="site-nav__switch govuk-visually-hidden" />
            <label for="site-nav-open" class="site-nav__label">{words.menu}{here && <span>{here.text}</span>}</label>
            <ul>{nav.map((item) => <li key={item.href}><a href={item.href} aria-current={isCurrent(item, current) ? 'page' : undefined}>{item.text}</a></li>)}</ul>
          </nav>
        )}
      </div>
    </header>
  )
}
