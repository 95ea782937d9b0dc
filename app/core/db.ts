import { type CompiledQuery, Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'

/** Row types of all tables; each folder that owns a table adds it by declaration merging. */
export interface Tables {}

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
/** A read may run on the pool, in a transaction, or in an as-of view: the caller decides. */
export type Reader = Kysely<Tables>

// calendar days stay strings (never a midnight instant); counts and ids fit in 53 bits
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
const instantOfAnyZone = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, instantOf)

export type Connection = { db: Db; pool: pg.Pool; url: string; close(): Promise<void> }

/** `2021-10-01 08:00:00.123+08`, as our sessions write it, read by the engine itself; other zones and eras by pg, which takes four times as long. */
function instantOf(text: string): Date {
  return text.endsWith('+08') && text[4] === '-' ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}+08:00`) : instantOfAnyZone(text)
}

/** Opens a pool on the county's schema; every session runs in Asia/Taipei. `role` narrows what it may do. */
export function connect(url: string, options: { max?: number; role?: string } = {}): Connection {
  // many small requests at once: starting a parallel worker costs more than a page
  const settings = ['search_path=windlion', 'timezone=Asia/Taipei', 'jit=off', 'max_parallel_workers_per_gather=0', 'plan_cache_mode=force_generic_plan', 'idle_in_transaction_session_timeout=60000']
  if (options.role) settings.push(`role=${options.role}`)
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 10_000,
    application_name: 'windlion',
  })
  pool.on('connect', prepareStatements)
  // A lost connection fails its query and is replaced at the next; without listeners it would end the process:
  // the pool's hears of idle connections only, the connection's own also in the middle of a transaction.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  return { db, pool, url, close: () => db.destroy() }
}

/**
 * Marks a query whose best plan depends on its values, such as a search: it is planned anew each time, and its telling
 * values stand in it as literals. All others are planned once: replanning a list costs as much as reading it.
 */
export const planned = sql.raw('/* planned */')

/**
 * A statement whose text is made once; the values fill its parameters in their order, whatever stood there when it was
 * written. For what is asked all the time: making the text anew is a fifth of the work of reading one case.
 */
export function madeOnce<Row>(statement: RawBuilder<Row>): (reader: Reader, values: unknown[]) => Promise<Row[]> {
  let made: CompiledQuery<Row> | undefined
  return async (reader, values) => {
    made ??= statement.compile(reader)
    const pool = pools.get(reader)
    if (pool) return (await pool.query({ text: made.sql, values, name: statementName(made.sql) ?? '' })).rows as Row[]
    return (await reader.executeQuery<Row>({ ...made, parameters: values })).rows
  }
}

/** The pool behind a connection, for statements that need no transaction and nothing of Kysely. */
const pools = new WeakMap<Reader, pg.Pool>()

/** Statements known by name, and how many a connection may hold. */
const statementNames = new Map<string, string>()
const statementsMax = 400

/**
 * Lets PostgreSQL parse and plan each of our statements once a connection instead of at every request; and `begin` waits
 * for the statement after it, to go in one message: a round trip less in every act.
 */
function prepareStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>
  let begins = false
  client.query = ((text: unknown, values: unknown, ...rest: unknown[]) => {
    if (text === 'begin') {
      begins = true
      return Promise.resolve({ command: 'BEGIN', rowCount: null, rows: [] })
    }
    if (begins) {
      begins = false
      if (typeof text === 'string' && Array.isArray(values) && values.length === 0) return query(`begin; ${text}`).then((results) => [results].flat().at(-1))
      query('begin').catch(() => {}) // what befalls it befalls the statement after it, too
    }
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? statementName(text) : undefined
    return name ? query({ text, values, name }, ...rest) : query(text, values, ...rest)
  }) as typeof client.query
}

function statementName(text: string): string | undefined {
  const known = statementNames.get(text)
  if (known || statementNames.size >= statementsMax || text.includes('/* planned */')) return known
  const name = `w${statementNames.size}`
  statementNames.set(text, name)
  return name
}

/**
 * One transaction in which rows are recorded. Its recorded instant is taken *after* it has entered the
 * write fence, so that an instant chosen by `fenceWrites` lies strictly after every earlier write.
 */
export async function write<T>(db: Db, run: (tx: Tx, recordedAt: Date) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => run(tx, await enterWrite(tx)))
}

/** Key of the advisory lock that every writing transaction shares. */
const writeFence = 7_301_001

async function enterWrite(tx: Tx): Promise<Date> {
  const entered = await sql<{ at: Date }>`select windlion.enter_write(${sql.lit(writeFence)}) as at`.execute(tx)
  return entered.rows[0]!.at
}

/** Waits until no write is under way and returns an instant after all of them: the as-of of an issued report. */
export async function fenceWrites(db: Db): Promise<Date> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(writeFence)})`.execute(tx)
    const now = await sql<{ at: Date }>`select date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' as at`.execute(tx)
    const at = now.rows[0]!.at
    while (Date.now() <= at.getTime()) await new Promise((wake) => setTimeout(wake, 1))
    return at
  })
}

/** A read in one snapshot. With `asOf`, the same SQL sees every versioned table as it was believed then. */
export async function read<T>(db: Db, run: (reader: Reader) => Promise<T>, asOf?: Date | null): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      if (asOf) {
        await sql`select set_config('search_path', 'windlion_asof, windlion', true),
          set_config('windlion.as_of', ${asOf.toISOString()}, true)`.execute(tx)
      }
      return run(tx)
    })
}
