import { createInterface } from 'node:readline/promises'
import { WrongUse, isRefusal, type Result } from '../core/errors.ts'
import { addPerson, lockPerson, resetPerson } from '../core/identity/people.ts'
import { roles } from '../core/identity/permissions.ts'
import type { Db, Tx } from '../core/db.ts'
import { write } from '../core/db.ts'
import { dayOf } from '../core/time.ts'
import type { Act } from '../core/act.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

export const usage = `user create 帳號 --name 姓名 --unit 單位代碼 --role ${Object.keys(roles).join('|')} [--email 信箱]
user lock 帳號
user reset 帳號
user list
密碼由標準輸入讀取，或以環境變數 WINDLION_PASSWORD 提供，不放在命令列。`

/** `user create|lock|reset|list`: for the operator at the machine, who needs no account. */
export async function userCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { name: 'text', unit: 'text', role: 'text', email: 'text' })
  const [what, login] = words
  if (what === 'list') return onSystem(async ({ db }) => listPeople(db))
  if (!login || !['create', 'lock', 'reset'].includes(what ?? '')) throw new WrongUse(usage)
  return onSystem(async ({ db }) => {
    switch (what) {
      case 'create':
        return tell(await asOperator(db, addPerson, { login, name: given.name ?? login, email: given.email ?? '', unitCode: given.unit ?? '', role: given.role ?? '', password: await readPassword() }), `已新增 ${login}`)
      case 'lock':
        return tell(await asOperator(db, lockPerson, { login }), `已停用 ${login}`)
      default:
        return tell(await asOperator(db, resetPerson, { login, password: await readPassword() }), `已重設 ${login} 的密碼`)
    }
  })
}

async function asOperator<Input, Value>(db: Db, act: Act<Input, Value>, raw: unknown): Promise<Result<Value>> {
  const parsed = act.input.safeParse(raw)
  if (!parsed.success) throw new WrongUse(parsed.error.issues.map((issue) => issue.message).join('\n'))
  return write(db, (tx: Tx, now) => act.within(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, parsed.data as Input))
}

function tell(result: Result<unknown>, sentence: string): number {
  if (isRefusal(result)) {
    process.stderr.write(`${result.message}\n`)
    return 1
  }
  process.stdout.write(`${sentence}\n`)
  return 0
}

async function readPassword(): Promise<string> {
  if (process.env.WINDLION_PASSWORD) return process.env.WINDLION_PASSWORD
  if (process.stdin.isTTY) process.stderr.write('密碼：')
  const lines = createInterface({ input: process.stdin })
  const line = await lines[Symbol.asyncIterator]().next()
  lines.close()
  return String(line.value ?? '')
}

async function listPeople(db: Db): Promise<number> {
  const people = await db.selectFrom('people').select(['login', 'name', 'locked_at']).orderBy('login').execute()
  for (const person of people) process.stdout.write(`${person.login}\t${person.name}\t${person.locked_at ? '已停用' : '使用中'}\n`)
  return 0
}
