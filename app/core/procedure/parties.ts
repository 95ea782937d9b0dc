import { z } from 'zod'
import type { ActContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { isOneAddress } from '../mail/send.ts'
import { maskAddress, maskEmail, maskName, maskPhone, personalHash, seal, unseal } from '../personal-data/index.ts'
import './tables.ts'

/** A party as it is typed. A blank text is null. */
export type Party = {
  role: string
  kind: 'person' | 'organisation'
  organisation: string | null
  businessNo: string | null
  name: string | null
  idNumber: string | null
  born: string | null
  email: string | null
  phone: string | null
  address: string | null
  /** 性別、出生地、職業 */
  more: string | null
  power: string | null
}
export type KnownParty = Party & { id: number; representsId: number | null; /** what to call them: the organisation, or the person's name */ called: string }

const line = (label: string, max = 100) => z.string().optional().transform((text) => text?.normalize('NFC').replace(/\s+/g, ' ').trim() || null).refine((text) => text === null || [...text].length <= max, `${label}最多 ${max} 個字`)

/** Fields of one party in a form, each name after `prefix`. `required`: a name must be given. Blank fields are null; no name at all and not required: no party. */
export function partyFields(prefix: string, what: string) {
  return {
    [`${prefix}Kind`]: z.enum(['person', 'organisation']).optional().default('person'),
    [`${prefix}Name`]: line(`${what}的姓名或名稱`),
    [`${prefix}BusinessNo`]: line('統一編號', 10).refine((text) => text === null || isBusinessNo(text), '統一編號是 8 位數字，請檢查是否打錯'),
    [`${prefix}IdNumber`]: line('身分證統一編號', 20),
    [`${prefix}Born`]: line('出生年月日', 20),
    [`${prefix}Email`]: line('電子郵件', 254).refine((text) => text === null || isOneAddress(text), '電子郵件的寫法不對，例如 name@example.org'),
    [`${prefix}Phone`]: line('電話', 40).refine((text) => text === null || text.replace(/\D/g, '').length >= 6, '電話號碼看起來不完整'),
    [`${prefix}Address`]: line('地址', 200),
    [`${prefix}More`]: line('性別、出生地、職業', 100),
    [`${prefix}Power`]: line('代理權', 100),
  }
}

/** The party that a form with `partyFields` names; null where it has no name. */
export function partyOf(prefix: string, role: string, form: Record<string, unknown>): Party | null {
  const field = (name: string) => (form[`${prefix}${name}`] as string | null | undefined) ?? null
  const name = field('Name')
  if (!name) return null
  const kind = field('Kind') === 'organisation' ? 'organisation' : 'person'
  return {
    role, kind, ...(kind === 'organisation' ? { organisation: name, name: null } : { organisation: null, name }),
    businessNo: field('BusinessNo'), idNumber: field('IdNumber'), born: field('Born'), email: field('Email'), phone: field('Phone'), address: field('Address'), more: field('More'), power: field('Power'),
  }
}

/** 統一編號 with its check digit (財政部 112: the sum is divisible by 5). */
export function isBusinessNo(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false
  const digitSum = (n: number) => Math.floor(n / 10) + (n % 10)
  const products = [...text].map((digit, i) => Number(digit) * [1, 2, 1, 2, 1, 2, 4, 1][i]!)
  const sum = products.reduce((total, product) => total + digitSum(product), 0)
  // a seventh digit of 7 makes 28 → 10 → 1 or 0
  return sum % 5 === 0 || (text[6] === '7' && (sum + 1) % 5 === 0)
}

export async function addParty(tx: Tx, caseId: number, party: Party, more: { representsId?: number | null; sysFrom?: Date } = {}): Promise<number> {
  const { id } = await tx.insertInto('case_parties').values({ case_id: caseId, role: party.role, represents_id: more.representsId ?? null, ended_at: null, ...partyColumns(party), ...(more.sysFrom ? { sys_from: more.sysFrom } : {}) }).returning('id').executeTakeFirstOrThrow()
  return id
}

export function partyColumns(party: Party) {
  return {
    kind: party.kind, organisation: party.organisation, business_no: party.businessNo, name: seal(party.name), name_hash: personalHash('name', party.name), id_number: seal(party.idNumber), id_hash: personalHash('id-number', party.idNumber),
    born: seal(party.born), email: seal(party.email), email_hash: personalHash('email', party.email), phone: seal(party.phone), phone_hash: personalHash('phone', party.phone), address: seal(party.address), more: seal(party.more), power: party.power,
  }
}

/** The parties of a case in the order they were entered, those that left out. */
export async function findParties(reader: Reader, caseId: number): Promise<KnownParty[]> {
  const rows = await reader.selectFrom('case_parties').selectAll().where('case_id', '=', caseId).where('ended_at', 'is', null).orderBy('id').execute()
  return rows.map((row) => {
    const name = unseal(row.name)
    return {
      id: row.id, role: row.role, kind: row.kind, organisation: row.organisation, businessNo: row.business_no, name, idNumber: unseal(row.id_number), born: unseal(row.born), email: unseal(row.email), phone: unseal(row.phone),
      address: unseal(row.address), more: unseal(row.more), power: row.power, representsId: row.represents_id, called: row.organisation ?? name ?? '（姓名已銷毀）',
    }
  })
}

/** The same party as the screen shows it until somebody says why they need to know. What is in a public register stays. */
export function maskParty(party: KnownParty): KnownParty {
  if (party.kind === 'organisation') return { ...party, email: party.email && maskEmail(party.email), phone: party.phone && maskPhone(party.phone) }
  const some = (text: string | null) => text && '•••'
  return {
    ...party, name: maskName(party.name), called: maskName(party.name), idNumber: party.idNumber && `${party.idNumber.slice(0, 1)}•••`, born: some(party.born), email: party.email && maskEmail(party.email), phone: party.phone && maskPhone(party.phone),
    address: party.address && maskAddress(party.address), more: some(party.more),
  }
}

export type { ActContext }
