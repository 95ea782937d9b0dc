/**
 * Permissions read as words: `petitions.answer:own-unit`. Roles are granted words by the modules'
 * declarations; a person holds a role in a unit through a post. Deny by default.
 * `own`: what is in the person's own hands; `own-unit`: their unit, that unit only; `subtree`: it and all below; `all`.
 */
export const scopes = ['own', 'own-unit', 'subtree', 'all'] as const
export type Scope = (typeof scopes)[number]

export type Post = { unitId: number; bureauId: number; unitName: string; role: Role; /** the unit and all below it */ unitIds: number[] }

export type Person = {
  id: number
  login: string
  name: string
  posts: Post[]
  /** absent colleagues whose deputy this person is today */
  deputyFor: { id: number; name: string; posts: Post[] }[]
}

/** The office's functions, not its titles. */
export const roles = {
  clerk: '收發分文',
  officer: '承辦人',
  'section-chief': '科長',
  head: '單位主管',
  control: '研考稽催',
  editor: '報告彙編',
  law: '法制',
  lawyer: '諮詢律師',
  ombudsman: '消費者保護官',
  'data-protection': '個資保護',
  administrator: '系統管理',
} as const
export type Role = keyof typeof roles

/** permission → role → scope; filled once at start from the modules' declarations. */
export type Grants = Record<string, Partial<Record<Role, Scope>>>

const granted = new Map<string, Partial<Record<Role, Scope>>>()

export function grant(grants: Grants): void {
  for (const [permission, byRole] of Object.entries(grants)) granted.set(permission, { ...granted.get(permission), ...byRole })
}

export function isDeclared(permission: string): boolean {
  return permission === 'public' || permission === 'signed-in' || granted.has(permission)
}

export function declaredPermissions(): string[] {
  return [...granted.keys()].sort()
}

/** What each role may do of a permission; empty where nobody holds it. */
export function grantsOf(permission: string): Partial<Record<Role, Scope>> {
  return granted.get(permission) ?? {}
}

/** The roles that carry a permission, whatever its scope. */
export function rolesWith(permission: string): Role[] {
  return Object.keys(granted.get(permission) ?? {}) as Role[]
}

/** May this person do this at all, somewhere? */
export function holds(person: Person, permission: string): boolean {
  if (permission === 'signed-in') return true
  const byRole = granted.get(permission) ?? {}
  return allPosts(person).some((post) => byRole[post.role])
}

/** Whose cases this permission reaches: everything, or those of certain units, or only one's own. */
export type Reach = { all: true } | { all: false; unitIds: number[]; own: boolean }

export function reach(person: Person, permission: string): Reach {
  const byRole = granted.get(permission) ?? {}
  const unitIds = new Set<number>()
  let own = false
  for (const post of allPosts(person)) {
    const scope = byRole[post.role]
    if (scope === 'all') return { all: true }
    if (scope === 'own-unit') unitIds.add(post.unitId)
    if (scope === 'subtree') for (const id of post.unitIds) unitIds.add(id)
    if (scope === 'own') own = true
  }
  return { all: false, unitIds: [...unitIds], own }
}

/** May this person do this to a case of that unit and officer? `jointUnitIds`: units that help with it. */
export function may(person: Person, permission: string, it: { unitId: number | null; officerId: number | null }, jointUnitIds: number[] = []): boolean {
  const within = reach(person, permission)
  if (within.all) return true
  if (within.own && it.officerId !== null && (it.officerId === person.id || person.deputyFor.some((absent) => absent.id === it.officerId))) return true
  return [it.unitId, ...jointUnitIds].some((id) => id !== null && within.unitIds.includes(id))
}

/** The absent colleague through whom alone this person may do it (○○代); null when their own posts allow it. */
export function onBehalfOf(person: Person, permission: string, it: { unitId: number | null; officerId: number | null }): number | null {
  if (may({ ...person, deputyFor: [] }, permission, it)) return null
  return person.deputyFor.find((absent) => may({ ...person, id: absent.id, posts: absent.posts, deputyFor: [] }, permission, it))?.id ?? null
}

/** Before it is known which case: the one absent colleague whose posts alone give this permission; null when one's own do, or several could be meant. */
export function throughWhom(person: Person, permission: string): number | null {
  const byRole = granted.get(permission) ?? {}
  const gives = (posts: Post[]) => posts.some((post) => byRole[post.role])
  const absent = gives(person.posts) ? [] : person.deputyFor.filter(({ posts }) => gives(posts))
  return absent.length === 1 ? absent[0]!.id : null
}

function allPosts(person: Person): Post[] {
  return [...person.posts, ...person.deputyFor.flatMap((absent) => absent.posts)]
}
