import { declaredActs } from './core/act.ts'
import { actors } from './core/identity/actors.ts'
import { grantsOf, rolesWith, type Role, roles, type Scope } from './core/identity/permissions.ts'
import { whatAsksAgain } from './core/identity/sensitive.ts'
import { declaredJobs } from './core/jobs/jobs.ts'
import type { Module } from './core/module.ts'

const scopeWords: Record<Scope, string> = { own: '自己', 'own-unit': '本單位', subtree: '單位以下', all: '全部' }
const columns = Object.keys(roles) as Role[]

/** docs/permissions.md: every route and API route with who may call it how far, the permissions that only acts ask for, and what runs without a person. */
export function permissionsTable(modules: Module[]): string {
  const used = new Set(modules.flatMap((module) => [...module.routes, ...(module.api ?? [])].map((route) => route.permission)))
  return `# Who may do what

Made by \`npm run permissions\` from the declarations; a test fails when it is stale. Another test calls every route as every role over HTTP
([attack.test.ts](../app/attack.test.ts)). 自己: what is in one's own hands; 本單位: that unit alone; 單位以下: it and all below; 全部: everything; —: refused.
A confidential case is seen by name, whatever stands here ([visible.ts](../app/modules/petitions/visible.ts)). A deputy has what the absent colleague has.
Consultations of legal advice are all confidential: the law section and the desk know that somebody came, the lawyer alone what was said ([visible.ts](../app/modules/legal-advice/visible.ts)).
Roles that administer and roles that read cases are never one person's ([separation.ts](../app/core/identity/separation.ts)).

${modules.map((module) => moduleTable(module)).join('\n\n')}

## Permissions of acts without a page of their own

${table(['權限'], modules.flatMap((module) => Object.keys(module.permissions)).filter((permission) => !used.has(permission)).map((permission) => [`\`${permission}\``, ...cells(permission)]))}

## What asks again who sits there

Whoever has not shown it within 15 minutes, by a second factor or the password. Modules list these as \`sensitive\`; one that does not ask keeps the service from starting.

${table(['動作或路徑', '權限'], whatAsksAgain(declaredActs().filter(({ act }) => !act.startsWith('test.')), modules.flatMap((module) => module.routes)).map(({ name, permission }) => [`\`${name}\``, `\`${permission}\``, ...cells(permission)]))}

## What runs without a person

| | 以誰的名義 |
|---|---|
${[
    ...declaredJobs().filter((job) => !job.name.startsWith('test.')).map((job) => ({ what: `job \`${job.name}\` ${job.title ?? ''}`, as: job.as })).toSorted((a, b) => (a.what < b.what ? -1 : 1)),
    ...modules.flatMap((module) => (module.importers ?? []).map((importer) => ({ what: `import \`${importer.name}\` ${importer.title}`, as: importer.as }))),
    ...modules.flatMap((module) => (module.letters ? [{ what: `letters to the mailboxes of ${module.title}`, as: module.letters.as }] : [])),
    { what: 'commands of `bin/windlion`', as: 'operator' as const },
  ].map(({ what, as }) => `| ${what.trim()} | ${actors[as]} |`).join('\n')}
`
}

function moduleTable(module: Module): string {
  const rows = [
    ...module.routes.map((route) => [`${route.method} ${route.path}`, route.permission, 'stepUp' in route && route.stepUp ? '再確認身分' : '']),
    ...(module.api ?? []).map((route) => [`${route.method} /api/v1${route.path}`, route.permission, 'API']),
  ] as [string, string, string][]
  return `## ${module.title} ${module.name}\n\n${table(['路徑', '權限', ''], rows.map(([path, permission, note]) => [`\`${path}\``, `\`${permission}\``, note, ...cells(permission)]))}`
}

function cells(permission: string): string[] {
  if (permission === 'public') return columns.map(() => '公開')
  if (permission === 'signed-in') return columns.map(() => '登入')
  const holders = rolesWith(permission)
  return columns.map((role) => (holders.includes(role) ? scopeWords[grantsOf(permission)[role]!] : '—'))
}

function table(first: string[], rows: string[][]): string {
  const heads = [...first, ...columns.map((role) => roles[role])]
  return [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n')
}
