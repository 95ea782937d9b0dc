import { sql } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { WrongUse } from '../errors.ts'
import { record } from '../events/record.ts'
import { later } from '../jobs/jobs.ts'
import { dayCell, key, labelled } from '../tabular/cells.ts'
import type { CheckedImport, ImportCounts, ImportFile, ImportOptions, Importer } from '../tabular/import.ts'
import { type CheckedRow, type Columns, checkTable, optional, type Parse, required, rowProblem } from '../tabular/schema.ts'
import type { Problem } from '../tabular/table.ts'
import { type Day, dayOf, endOf } from '../time.ts'
import { roles, type Role } from './permissions.ts'
import { anAdministratorIsLeft, lockAccount, lockLeaverJob } from './posts.ts'
import { rolesHeld, whyApart, whyApartInDeputies } from './separation.ts'
import { endSessions } from './sessions.ts'

/** One post of one person; who holds two has two rows. */
export type StaffCells = { login: string; name: string; unit: string; role: Role; email: string | null; from: Day | null; until: Day | null }

const login: Parse<string> = (cell) => {
  const plain = cell.normalize('NFKC').trim().toLowerCase()
  return /^[a-z0-9][a-z0-9._-]{1,49}$/.test(plain) ? { value: plain } : { reason: '帳號用 2 到 50 個英文小寫、數字、點、底線或減號' }
}
const email: Parse<string> = (cell) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell.trim()) && cell.length <= 254 ? { value: cell.trim() } : { reason: '電子郵件的格式不正確' })
/** 承辦人 or officer */
const role = labelled(new Map((Object.entries(roles) as [Role, string][]).flatMap(([code, label]): [string, Role][] => [[label, code], [code, code]])))

/** The columns of staff.csv. */
export const staffColumns: Columns<StaffCells> = {
  login: required('帳號', login),
  name: required('姓名', key(50)),
  unit: required('單位', key(100)),
  role: required('職務', role),
  email: optional('電子郵件', email),
  from: optional('起', dayCell),
  until: optional('迄', dayCell),
}

/**
 * Joiners, movers and leavers from the personnel office's list: a new login is a new person, without a password (single sign-on, or an
 * administrator sets one); a new row of a known login is a new post; 迄 ends a post, and with the last one the account.
 * Who is not in the file is left alone.
 */
export const staffImporter: Importer = {
  as: 'operator',
  name: 'staff',
  title: '人員',
  columnNames: Object.values(staffColumns).map(({ name }) => name),
  check: checkStaff,
}

type Row = StaffCells & { unitId: number; at: CheckedRow<StaffCells> }
type KnownPerson = { id: number; login: string; name: string; email: string | null; locked: boolean }
type KnownPost = { id: number; personId: number; unitId: number; role: Role; from: Day; until: Day | null }
type Known = { people: Map<string, KnownPerson>; posts: KnownPost[] }

async function checkStaff(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const problems: Problem[] = []
  const notices: Problem[] = []
  const cells: CheckedRow<StaffCells>[] = []
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, staffColumns, file.problems)
    problems.push(...checked.problems)
    cells.push(...checked.rows)
  }
  const rows = await withUnits(tx, cells, problems)
  const known = await findKnown(tx, [...new Set(rows.map(({ login }) => login))])
  const good: Row[] = []
  const today = dayOf(options.now)
  for (const [, own] of Map.groupBy(rows, (row) => row.login)) {
    const before = problems.length
    comparePerson(own, known, options.update, problems)
    const apart = await whyTheseApart(tx, own, known, today)
    if (apart) problems.push(rowProblem(own.at(-1)!.at, '職務', apart))
    if (known.people.get(own[0]!.login)?.locked) notices.push(rowProblem(own[0]!.at, '帳號', '這個帳號已停用，匯入不會重新啟用；請到人員頁面重設密碼'))
    if (problems.length === before) good.push(...own)
  }
  return { problems, notices, load: () => loadStaff(tx, good, known, options.now) }
}

/** Rows with their unit, named by code or by a name that only one unit has. */
async function withUnits(tx: Tx, cells: CheckedRow<StaffCells>[], problems: Problem[]): Promise<Row[]> {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name', 'valid_until']).execute()
  return cells.flatMap((at): Row[] => {
    const byCode = units.filter(({ code }) => code === at.value.unit)
    const found = byCode.length ? byCode : units.filter(({ name }) => name === at.value.unit)
    const say = (column: string, reason: string): [] => (problems.push(rowProblem(at, column, reason)), [])
    if (found.length === 0) return say('單位', `找不到「${at.value.unit}」這個單位`)
    if (found.length > 1) return say('單位', `有 ${found.length} 個單位叫「${at.value.unit}」，請改填代碼（${found.map(({ code }) => code).join('、')}）`)
    const [unit] = found as [typeof units[number]]
    const { from, until } = at.value
    if (from && until && until < from) return say('迄', '早於起日')
    if (unit.valid_until && (until === null || until > unit.valid_until)) return say('單位', `「${unit.name}」已經裁撤，迄日不能晚於裁撤日`)
    return [{ ...at.value, unitId: unit.id, at }]
  })
}

async function findKnown(tx: Tx, logins: string[]): Promise<Known> {
  const people = await tx.selectFrom('people').select(['id', 'login', 'name', 'email', 'locked_at']).where('login', 'in', ['', ...logins]).forUpdate().execute()
  const posts = await tx.selectFrom('posts').select(['id', 'person_id as personId', 'unit_id as unitId', 'role', 'valid_from as from', 'valid_until as until'])
    .where('person_id', 'in', [0, ...people.map(({ id }) => id)]).orderBy('valid_from').execute()
  return { people: new Map(people.map(({ locked_at: at, ...person }) => [person.login, { ...person, locked: at !== null }])), posts }
}

/** What differs from before is refused, unless it is meant; rows of one person must agree with each other. */
function comparePerson(own: Row[], known: Known, update: boolean, problems: Problem[]): void {
  const [first] = own as [Row]
  const person = known.people.get(first.login)
  const differs = (row: Row, column: string) => problems.push(rowProblem(row.at, column, `「${row.login}」已有不同的資料，確定要更改請加上 --update`))
  for (const [at, row] of own.entries()) {
    if (row.name !== first.name) problems.push(rowProblem(row.at, '姓名', `與第 ${first.at.row.number} 列同一個帳號的姓名不同`))
    if (row.email !== null && first.email !== null && row.email !== first.email) problems.push(rowProblem(row.at, '電子郵件', `與第 ${first.at.row.number} 列同一個帳號的電子郵件不同`))
    const twin = own.slice(0, at).find((other) => other.unitId === row.unitId && other.role === row.role && (other.from === row.from || !other.from || !row.from))
    if (twin) problems.push(rowProblem(row.at, '職務', `與第 ${twin.at.row.number} 列是同一項職務`))
    const post = person && postOf(row, person.id, known.posts)
    if (update || !person) continue
    if (row.name !== person.name) differs(row, '姓名')
    else if (row.email !== null && row.email !== person.email) differs(row, '電子郵件')
    else if (post && row.from !== null && row.from !== post.from) differs(row, '起')
    else if (post && row.until !== post.until) differs(row, '迄')
  }
}

/** The post that a row speaks of: the one that begins on that day, else the last of that unit and role which it overlaps. */
function postOf(row: Row, personId: number, posts: KnownPost[]): KnownPost | undefined {
  const same = posts.filter((post) => post.personId === personId && post.unitId === row.unitId && post.role === row.role)
  return same.find(({ from }) => from === row.from) ?? same.findLast(({ from, until }) => row.from === null || ((until === null || until >= row.from) && (row.until === null || from <= row.until)))
}

async function whyTheseApart(tx: Tx, own: Row[], known: Known, today: Day): Promise<string | null> {
  const person = known.people.get(own[0]!.login)
  const ended = own.filter(({ until }) => until !== null && until < today).map(({ role: each }) => each)
  const held = person ? (await rolesHeld(tx, person.id, today)).filter((each) => !ended.includes(each)) : []
  const given = own.filter(({ until }) => until === null || until >= today).map(({ role: each }) => each)
  return whyApart([...held, ...given]) ?? (person ? whyApartInDeputies(tx, person.id, given, today) : null)
}

async function loadStaff(tx: Tx, rows: Row[], known: Known, now: Date): Promise<ImportCounts> {
  const counts: ImportCounts = { added: 0, changed: 0, unchanged: 0 }
  const today = dayOf(now)
  const ctx: ActContext = { person: null, onBehalfOf: null, now, today }
  const hadAdministrator = await anAdministratorIsLeft(tx, today)
  for (const [, own] of Map.groupBy(rows, (row) => row.login)) await loadPerson(tx, ctx, own, known, counts)
  if (hadAdministrator && !(await anAdministratorIsLeft(tx, today))) throw new WrongUse('這樣就沒有系統管理人員了，沒有匯入任何資料：請先讓另一個人擔任')
  return counts
}

/** A row is one post: counted as added, changed or unchanged. */
async function loadPerson(tx: Tx, ctx: ActContext, own: Row[], known: Known, counts: ImportCounts): Promise<void> {
  const [first] = own as [Row]
  const before = known.people.get(first.login)
  const mail = own.find((row) => row.email !== null)?.email ?? before?.email ?? null
  const renamed = before !== undefined && (before.name !== first.name || before.email !== mail)
  const id = before?.id ?? (await tx.insertInto('people').values({ login: first.login, name: first.name, email: mail, password_hash: null, locked_at: null }).returning('id').executeTakeFirstOrThrow()).id
  if (renamed) await tx.updateTable('people').set({ name: first.name, email: mail }).where('id', '=', id).execute()
  let changed = 0
  for (const [at, row] of own.entries()) {
    const post = postOf(row, id, known.posts)
    const began = row.from ?? post?.from ?? ctx.today
    const from = row.until !== null && row.until < began ? row.until : began
    if (!post) await tx.insertInto('posts').values({ person_id: id, unit_id: row.unitId, role: row.role, valid_from: from, valid_until: row.until }).execute()
    else if (post.from !== from || post.until !== row.until) await tx.updateTable('posts').set({ valid_from: from, valid_until: row.until }).where('id', '=', post.id).execute()
    else if (!(renamed && at === 0)) {
      counts.unchanged++
      continue
    }
    changed++
    counts[post ? 'changed' : 'added']++
  }
  if (!changed) return
  const locked = await lockWhoLeft(tx, ctx, id)
  if (before && !locked) await endSessions(tx, id)
  await record(tx, ctx, before ? 'person.imported' : 'person.added', { payload: { person: id, posts: changed, locked } })
}

/** Without a post from today on the account is locked; with a last day to come, when that is over. */
async function lockWhoLeft(tx: Tx, ctx: ActContext, id: number): Promise<boolean> {
  const { rows } = await sql<{ last: Day | null; open: boolean }>`select max(valid_until)::text as last, bool_or(valid_until is null) as open from posts where person_id = ${id}`.execute(tx)
  const { last, open } = rows[0]!
  if (open || last === null) return false
  if (last < ctx.today) return lockAccount(tx, id, ctx.now)
  await later(tx, lockLeaverJob, { person: id }, { after: endOf(last) })
  return false
}
