import { sql } from 'kysely'
import { declaredActs } from '../../app/core/act.ts'
import type { Db } from '../../app/core/db.ts'

const planted = { text: 'planted-by-nobody', number: '987654321', day: '1987-06-05' }
const plantedAs = (type: string): string => (/int|numeric/.test(type) ? planted.number : type === 'boolean' ? 'true' : /^(date|timestamp)/.test(type) ? planted.day : planted.text)
const camel = (name: string) => name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())
/** What a request leaves behind whether or not something is done; opening personal data twice is two openings. */
const ofRequests = ['sessions', 'refused_requests', 'sign_in_failures', 'sign_in_steps', 'personal_data_reads', 'events']

/** For mass assignment and replay: fields that no form has, whether any of them was written, and what grew. */
export async function watchTables(db: Db) {
  const columns = (await sql<{ table: string; column: string; type: string }>`select table_name as table, column_name as column, data_type as type
    from information_schema.columns where table_schema = 'windlion' and table_name not like '%history%' order by 1, 2`.execute(db)).rows
  const tables = [...new Set(columns.map(({ table }) => table))]
  const lastEvent = async () => (await db.selectFrom('events').select(({ fn }) => fn.max('id').as('id')).executeTakeFirstOrThrow()).id
  const countRows = async () => {
    const { rows } = await sql<{ table: string; n: number }>`${sql.join(tables.map((table) => sql`select ${sql.lit(table)} as table, count(*) as n from ${sql.table(`windlion.${table}`)}`), sql` union all `)}`.execute(db)
    return new Map(rows.map(({ table, n }) => [table, n]))
  }
  return {
    /** One for every column of every table, by its name and in camel case; names that some act asks for are left to the tests of that act. */
    fieldsOfNobody(): Record<string, string> {
      const asked = new Set(declaredActs().flatMap((one) => ('shape' in one.input ? Object.keys(one.input.shape as object) : [])))
      const fields = columns.flatMap(({ column, type }) => [column, camel(column)].filter((name) => !asked.has(name)).map((name) => [name, plantedAs(type)]))
      return { ...Object.fromEntries(fields), onBehalfOf: planted.number, now: `${planted.day}T00:00:00Z`, scope: 'all', constructor: planted.text, prototype: planted.text }
    },
    /** Tables in which any of it was written. */
    async findPlanted(): Promise<string[]> {
      const hits: string[] = []
      for (const table of tables) if ((await sql`select from ${sql.table(`windlion.${table}`)} t where to_jsonb(t)::text ~ ${`${planted.text}|${planted.number}|1987-06-0[45]`} limit 1`.execute(db)).rows.length) hits.push(table)
      return hits
    },
    /** Tables in which rows were added while `run` ran, and kinds of events that tell of something done. */
    async grownBy(run: () => Promise<void>): Promise<{ tables: string[]; events: string[] }> {
      const [before, event] = [await countRows(), await lastEvent()]
      await run()
      const grown = [...(await countRows())].filter(([table, n]) => n > before.get(table)! && !ofRequests.includes(table)).map(([table]) => table)
      const told = await db.selectFrom('events').select('kind').where('id', '>', event!).execute()
      return { tables: grown, events: told.map(({ kind }) => kind).filter((kind) => !/opened$/.test(kind)) }
    },
  }
}
