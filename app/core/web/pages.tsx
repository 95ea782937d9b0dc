import type { ComponentProps } from 'preact'
import { ConsoleLayout, type NavSection } from '../../ui/layouts/console.tsx'
import { PortalLayout } from '../../ui/layouts/portal.tsx'
import { holds, roles } from '../identity/permissions.ts'
import { menuSections, type Module, type WaitingLine } from '../module.ts'
import { html, type PageRequest, type Reply, type StaffRequest } from './route.ts'

type Frame = 'county' | 'demo' | 'person' | 'sections' | 'flash' | 'nav' | 'search'

let modules: Module[] = []

/** Called once at start: navigation is made from the modules' declarations. */
export function useNavigation(of: Module[]): void {
  modules = of
}

/** A staff page in the console's frame: navigation of what this person may open, what the last act did, the page. */
export function consolePage(request: PageRequest, props: Omit<ComponentProps<typeof ConsoleLayout>, Frame>, status = 200): Reply {
  const { person, site } = request
  const post = person?.posts[0]
  // whoever acts for an absent colleague sees so on every page
  const standsFor = person?.deputyFor.length ? `　代理 ${person.deputyFor.map(({ name }) => name).join('、')}` : ''
  return html(
    <ConsoleLayout
      {...props}
      county={site.county}
      demo={site.demo}
      person={person ? { name: person.name, unit: `${post?.unitName ?? ''}${standsFor}`, ...(post ? { role: roles[post.role] } : {}) } : undefined}
      sections={person ? navigation(request) : []}
      flash={request.flash ? { kind: 'success', text: request.flash } : undefined}
      search={{ action: '/console/search', query: request.query.q }}
      accountHref="/console/account"
    />,
    status,
  )
}

function navigation({ person }: PageRequest): NavSection[] {
  const entries = modules.flatMap((module) => module.navigation ?? []).filter(({ permission }) => person && holds(person, permission))
  return menuSections.flatMap((title, i) => {
    const items = entries.filter(({ section }) => section === title).map(({ path, label }) => ({ href: path, text: label }))
    return items.length === 0 ? [] : [i === 0 ? { items } : { title, items }]
  })
}

/** What the modules say waits for this person besides cases, in their order. */
export async function findWaiting(request: StaffRequest): Promise<WaitingLine[]> {
  const asked = modules.flatMap((module) => module.waiting ?? []).filter(({ permission }) => holds(request.person, permission))
  const lines = await Promise.all(asked.map(({ find }) => find(request)))
  return lines.flat().filter(({ count }) => count > 0)
}

/** A page for residents in the portal's frame. English pages show what the modules have in English. */
export function portalPage(request: PageRequest, props: Omit<ComponentProps<typeof PortalLayout>, Frame>, status = 200): Reply {
  const { site } = request
  const english = props.lang === 'en'
  return html(
    <PortalLayout
      {...props}
      county={english ? (site.countyEnglish ?? site.county) : site.county}
      demo={site.demo}
      home={english ? '/en' : '/'}
      nav={linksOf(portalEntries(english))}
      footer={[...linksOf(portalEntries(english, true)), { href: '/sign-in', text: english ? 'Staff sign-in' : '同仁登入' }]}
    />,
    status,
  )
}

const linksOf = (entries: { label: string; path: string }[]) => entries.map(({ path, label }) => ({ href: path, text: label }))

/** What residents can do, as the modules declare it; in English only what has English words. */
export function portalEntries(english: boolean, footerOnly = false): { label: string; path: string; about?: string }[] {
  return modules.flatMap((module) => module.portal ?? []).filter(({ footer }) => (footerOnly ? footer : footer !== 'only')).flatMap((entry) => (english ? (entry.english ?? []) : entry))
}
