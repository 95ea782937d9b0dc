import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { modules } from './modules.ts'
import { permissionsTable } from './permissions-table.ts'
import { declareModules } from './start.ts'

test('docs/permissions.md is what the modules declare now; `npm run permissions` writes it', () => {
  declareModules()
  const written = readFileSync(fileURLToPath(new URL('../docs/permissions.md', import.meta.url)), 'utf8')
  expect(written === permissionsTable(modules), 'stale: run `npm run permissions`').toBe(true)
})
