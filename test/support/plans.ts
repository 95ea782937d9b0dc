import { type KyselyPlugin, type PluginTransformQueryArgs, type PluginTransformResultArgs, type QueryResult, RawNode, type RootOperationNode, type UnknownRow } from 'kysely'
import type { Reader } from '../../app/core/db.ts'

/**
 * The plans that PostgreSQL makes for what `run` asks, instead of the answers: to prove that an index is used. Statements that
 * are no query of rows (set, begin) run as they are; what `run` makes of the missing answers is of no interest.
 */
export async function plansOf(reader: Reader, run: (explained: Reader) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  const explain: KyselyPlugin = {
    transformQuery: ({ node }: PluginTransformQueryArgs): RootOperationNode => {
      if (!RawNode.is(node)) return node
      return { ...node, sqlFragments: [`explain ${node.sqlFragments[0] ?? ''}`, ...node.sqlFragments.slice(1)] }
    },
    transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => {
      const lines = result.rows.map((row) => String(row['QUERY PLAN'] ?? ''))
      if (lines.some(Boolean)) plans.push(lines.join('\n'))
      return { ...result, rows: [] }
    },
  }
  await run(reader.withPlugin(explain)).catch((error: { code?: string }) => {
    if (error.code) throw error // PostgreSQL's own
  })
  return plans
}
