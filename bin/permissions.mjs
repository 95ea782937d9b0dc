// `npm run permissions`: writes docs/permissions.md from the modules' declarations.
import { spawnSync } from 'node:child_process'
import { environment, node, root } from './runtime.mjs'

const script = "Promise.all([import('./app/start.ts'), import('./app/modules.ts'), import('./app/permissions-table.ts'), import('node:fs')]).then(([start, { modules }, { permissionsTable }, fs]) => { start.declareModules(); fs.writeFileSync('docs/permissions.md', permissionsTable(modules)) })"
process.exitCode = spawnSync(node(), ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root, stdio: 'inherit', env: environment() }).status ?? 1
