import type { ComponentChildren } from 'preact'
import { assets } from '../assets.ts'
import { InLanguage } from '../words.ts'
import type { Lang } from '../words.ts'

export interface DocumentProps {
  /** Before the site's name in the browser's tab. */
  title: string
  /** The site's name. */
  site: string
  /** Class of the body: Turbo puts in new bodies but leaves the root element as it is. */
  density: 'portal' | 'console' | 'paper'
  /** Who is signed in; kept text is theirs alone. */
  person?: string | undefined
  lang?: Lang
  description?: string | undefined
  /** Keep search engines away. */
  noindex?: boolean
  children: ComponentChildren
}

/** The `<html>` tree that all layouts share. No inline script or style: the policy forbids them. */
export function Document({ title, site, density, lang = 'zh-Hant-TW', description, noindex, person, children }: DocumentProps) {
  const { css, js } = assets()
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <title>{title === site ? site : `${title} – ${site}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#123f45" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#10191b" media="(prefers-color-scheme: dark)" />
        {/* Pages with personal data must not be shown again from memory after signing out. */}
        <meta name="turbo-cache-control" content="no-cache" />
        {/* Opening a case is recorded: nothing may be fetched by the pointer passing over a link. */}
        <meta name="turbo-prefetch" content="false" />
        <meta name="turbo-refresh-scroll" content="preserve" />
        {description && <meta name="description" content={description} />}
        {noindex && <meta name="robots" content="noindex" />}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={css} data-turbo-track="reload" />
        <script type="module" src={js} data-turbo-track="reload" />
      </head>
      <body class={density} data-person={person}>
        <InLanguage lang={lang}>{children}</InLanguage>
      </body>
    </html>
  )
}
