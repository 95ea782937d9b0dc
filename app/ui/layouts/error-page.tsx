import type { ComponentChildren } from 'preact'
import { PortalLayout } from './portal.tsx'

export interface ErrorPageProps {
  county: string
  demo: boolean
  /** What happened, in one sentence. */
  title: string
  /** What was kept and what to do. */
  children?: ComponentChildren
  /** To be told on the telephone. */
  requestNumber?: string | undefined
  home?: string
}

/** A page that says what happened, what was kept and what to do; without blame. */
export function ErrorPage({ county, demo, title, children, requestNumber, home = '/' }: ErrorPageProps) {
  return (
    <PortalLayout title={title} county={county} demo={demo} home={home}>
      <h1 data-not-taken>{title}</h1>
      {children}
      <p><a href={home}>{home === '/' ? '回到首頁' : '回到我的工作'}</a></p>
      {requestNumber && <p class="muted">向我們反映時，請告訴我們這個編號：<code>{requestNumber}</code></p>}
    </PortalLayout>
  )
}
