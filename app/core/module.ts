import type { CaseKind } from './cases/case-kinds.ts'
import type { FigureDefinition } from './figures/figure.ts'
import type { Grants } from './identity/permissions.ts'
import type { Duties } from './identity/separation.ts'
import type { Job } from './jobs/jobs.ts'
import type { LetterTaker } from './mail/arrived.ts'
import type { Importer } from './tabular/import.ts'
import type { UnitFollower } from './identity/unit-followers.ts'
import type { MemberCases } from './identity/members.ts'
import type { PersonalFile } from './personal-data/declare.ts'
import type { RetentionClass } from './personal-data/retention.ts'
import type { Day } from './time.ts'
import type { ApiRoute } from './web/api.ts'
import type { Route, StaffRequest } from './web/route.ts'

/** A module's declaration: data the core reads, so that the core needs no knowledge of domains. */
export type Module = {
  name: string
  /** the Chinese name on the screen */
  title: string
  /** other modules whose index.ts this one imports */
  dependsOn?: string[]
  routes: Route[]
  /** routes of /api/v1 */
  api?: ApiRoute[]
  /** permission → role → scope */
  permissions: Grants
  /** which of its permissions run accounts and the system, which open cases: no person holds both */
  duties?: Duties
  /** acts, permissions of no act's name (every act under them) and routes (`GET /path`) that ask again who sits there; the service does not start where one does not */
  sensitive?: string[]
  figures?: FigureDefinition[]
  jobs?: Job<any>[]
  /** what becomes of letters to the office's mailboxes; one module only */
  letters?: LetterTaker
  /** tables beside cases whose rows belong to the proved state of a case of the module's kinds, with the column that names the case */
  caseTables?: Record<string, string>
  /** columns with personal data, of whom and for what; a table that holds any is declared here or a test fails */
  personalData?: PersonalFile[]
  /** how long its kinds of case are kept after closing */
  retention?: RetentionClass[]
  /** kinds of case that this module keeps, for what spans all kinds: the board of due days, links from elsewhere */
  caseKinds?: CaseKind[]
  /** what of it points at units, and goes along when one is merged */
  unitFollowers?: UnitFollower[]
  /** kinds of file that `windlion import` takes */
  importers?: Importer[]
  /** what waits for a person besides the cases in their trays, for the first page of the day */
  waiting?: Waiting[]
  /** entries of the console's menu */
  navigation?: { label: string; path: string; permission: string; section: MenuSection }[]
  /** what a member finds under 「我的案件」 */
  memberCases?: MemberCases
  /** the address of an article of a law kept here, as of a day; null: today. One module only */
  articlePath?(code: string, no: string, on: Day | null): string
  /** entries of the portal's navigation and of its front page, which says what each is `about` */
  portal?: PortalEntry[]
}

/** The console's menu by kind of work, in this order; entries of the first stand above the headings. */
export const menuSections = ['我的工作', '陳情', '法規與法制', '訴願', '法律諮詢', '計畫與管考', '會議與指裁示', '綜合規劃', '統計與報告', '期限與日曆', '個資', '系統'] as const
export type MenuSection = (typeof menuSections)[number]

/** `find` gives only what this person may open; a line with `count` 0 is left out. */
export type Waiting = { permission: string; find(request: StaffRequest): Promise<WaitingLine[]> }
export type WaitingLine = { text: string; note?: string; href: string; count: number }

export type PortalEntry = { label: string; path: string; about?: string; /** also at the foot of every page, or there only */ footer?: true | 'only'; english?: { label: string; path: string; about?: string } }

export function defineModule(module: Module): Module {
  return module
}
