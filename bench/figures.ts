// Times the whole set of petition figures for one half-year on databases with different lengths of history, alternating.
//   figures.ts prepare URL        migrates an empty database
//   figures.ts time URL [URL …]   prints JSON: { URL: { petitions, uncached: [ms], cached: [ms] } }
import { sql } from 'kysely'
import { migrate } from '../app/core/database/migrate.ts'
import { connect } from '../app/core/db.ts'
import { figureSet } from '../app/core/figures/cache.ts'
import { figureValues } from '../app/core/figures/compute.ts'
import type { FigureSpan } from '../app/core/figures/figure.ts'
import { allFigures, getFigure } from '../app/core/figures/registry.ts'
import { day } from '../app/core/time.ts'
import { declareModules } from '../app/start.ts'

const rounds = 7
/** the last whole half-year of the generated history */
const span: FigureSpan = { from: day('2025-04-01'), to: day('2025-09-30'), statusOn: day('2025-10-31'), asOf: null }

const [what, ...urls] = process.argv.slice(2)
declareModules()
if (what === 'prepare') await prepare(urls[0]!)
else console.log(JSON.stringify(await time(urls)))

async function prepare(url: string): Promise<void> {
  const connection = connect(url)
  await migrate(connection.db)
  await connection.close()
}

async function time(urls: string[]) {
  const ids = allFigures().map((figure) => figure.id).filter((id) => id.startsWith('petitions.'))
  const open = await Promise.all(urls.map(async (url) => {
    const connection = connect(url, { max: 1 })
    const { rows } = await sql<{ count: number }>`select count(*) from windlion.petitions`.execute(connection.db)
    return { url, connection, result: { petitions: rows[0]!.count, figures: ids.length, uncached: [] as number[], cached: [] as number[] } }
  }))
  for (let round = 0; round <= rounds; round += 1) {
    for (const { connection, result } of round % 2 ? open.toReversed() : open) {
      const uncached = await milliseconds(() => figureValues(connection.db, ids.map(getFigure), span))
      await figureSet(connection.db, ids, span)
      const cached = await milliseconds(() => figureSet(connection.db, ids, span))
      if (round === 0) continue // the first one warms up
      result.uncached.push(uncached)
      result.cached.push(cached)
    }
  }
  await Promise.all(open.map(({ connection }) => connection.close()))
  return Object.fromEntries(open.map(({ url, result }) => [url, result]))
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return performance.now() - from
}
