import { z } from 'zod'
import { orNull } from '../../core/errors.ts'
import { apiRoute } from '../../core/web/api.ts'
import { nameOf } from './appeal.ts'
import { findAppeal, findAppeals } from './queries.ts'
import { registerAppeal } from './filing/register.ts'
import { agencyKinds, channels, claimOutcomes, forms, grounds, outcomes, serviceKinds, stages } from './schema.ts'

const names = <K extends string>(of: Record<K, unknown>) => Object.keys(of) as [K, ...K[]]
const Listed = z.object({
  number: z.string().describe('案號；還沒有登錄的是追蹤號碼'),
  title: z.string(),
  agency: z.string().describe('原處分機關'),
  stage: z.enum(names(stages)),
  outcome: z.enum(names(outcomes)).nullable(),
  filedOn: z.iso.date().describe('提起之日'),
  dueOn: z.iso.date().nullable().describe('作成決定的最後一天'),
})
const Clock = z.object({ rule: z.string(), main: z.boolean(), dueOn: z.iso.date().nullable(), met: z.boolean(), because: z.string().nullable(), explanation: z.array(z.string()) })
const Appeal = Listed.extend({
  channel: z.enum(names(channels)),
  authority: z.string().describe('受理訴願機關'),
  ours: z.boolean().describe('由本府受理'),
  filingDueOn: z.iso.date().nullable().describe('提起訴願的最後一天'),
  filingReasons: z.array(z.string()),
  decidedOn: z.iso.date().nullable(),
  claims: z.array(z.object({ text: z.string(), outcome: z.enum(names(claimOutcomes)).nullable(), basis: z.string().nullable(), remandDays: z.number().nullable() })).describe('每一項請求各有結果'),
  clocks: z.array(Clock),
})

const aDay = z.string().max(20).nullish().describe('110-04-01 或 2021-04-01')
const line = z.string().max(200).nullish()
const Filing = z.object({
  channel: z.enum(names(channels)), receivedOn: z.string().max(20).describe('收件日期'), firstReceivedBy: line.describe('先收到的機關（訴願法 §14 IV、§61）'), firstReceivedOn: aDay,
  form: z.enum(names(forms)), ground: z.enum(names(grounds)), title: z.string().max(200), category: line, claims: z.array(z.string().max(2000)).max(50).describe('請求事項，一項一個'), facts: z.string().max(100_000),
  agencyKind: z.enum(names(agencyKinds)), agencyUnitId: z.int().positive().nullish().describe('本縣機關的單位代號'), agency: line.describe('其他機關的名稱'), authority: line,
  dispositionNo: line, dispositionOn: aDay, servedOn: aDay, serviceKind: z.enum(serviceKinds).nullish(), knownOn: aDay, appliedOn: aDay, residence: line.describe('住居地，例如 臺北市'),
  remedyTold: z.boolean().optional().describe('處分有教示救濟期間'), signed: z.boolean().optional(), thirdParty: z.boolean().optional(), representativeAtSeat: z.boolean().optional(), confidential: z.boolean().optional(),
  appellant: z.object({ isPerson: z.boolean().optional(), name: z.string().max(100), bornOn: line, idNumber: line, address: line, email: line, phone: line }),
  agent: z.object({ name: z.string().max(100), address: line, email: line, phone: line, lawyer: z.boolean().optional() }).nullish(),
  unitId: z.int().positive().describe('主辦單位'),
})

/** Appeals for programs of the office: what the console shows this person, without the parties; and filing on behalf of who came to the desk. */
export const api = [
  apiRoute({
    method: 'GET', path: '/appeals', permission: 'appeals.read', summary: '訴願清單：依最近期限，每頁 50 件；不含已結案，除非 all=yes',
    query: z.object({ stage: z.enum(names(stages)).optional(), agency: z.string().max(60).optional(), q: z.string().max(100).optional(), all: z.literal('yes').optional(), after: z.string().max(40).optional() }),
    response: z.object({ items: z.array(Listed), count: z.number(), next: z.string().nullable() }),
    handle: async ({ db, person, query }) => {
      const page = await findAppeals(db, person, { stage: query.stage, agency: query.agency, query: query.q, all: query.all === 'yes' }, query.after)
      return { items: page.rows.map(({ name, title, agency, stage, outcome, filedOn, dueOn }) => ({ number: name, title, agency, stage, outcome, filedOn, dueOn })), count: Number(page.count), next: page.next }
    },
  }),
  apiRoute({
    method: 'GET', path: '/appeals/:name', permission: 'appeals.read', summary: '一件訴願：以案號或追蹤號碼',
    params: z.object({ name: z.string().min(3).max(40) }),
    response: Appeal,
    handle: async ({ db, person, params }) => {
      const file = await orNull(findAppeal(db, person, params.name))
      return file && {
        number: nameOf(file), title: file.title, agency: file.agency, stage: file.stage, outcome: file.outcome, filedOn: file.filedOn, dueOn: file.dueOn, channel: file.channel, authority: file.authority, ours: file.ours, filingDueOn: file.filingDueOn, filingReasons: file.filingReasons,
        decidedOn: file.decidedOn, claims: file.claims.map(({ text, outcome, basis, remandDays }) => ({ text, outcome, basis, remandDays })), clocks: file.clocks.map(({ rule, main, dueOn, metAt, because, explanation }) => ({ rule, main, dueOn, met: metAt !== null, because, explanation })),
      }
    },
  }),
  apiRoute({
    method: 'POST', path: '/appeals', permission: 'appeals.register', summary: '登錄一件訴願（書面、臨櫃、他機關移來的），立即取案號', status: 201,
    body: Filing,
    response: z.object({ number: z.string() }),
    handle: ({ caller, body }) => registerAppeal(caller, formOf(body)),
  }),
]

/** The desk's form, flat and in words, from what a program sends. */
function formOf({ appellant, agent, claims, remedyTold, signed, thirdParty, representativeAtSeat, confidential, unitId, agencyUnitId, ...same }: z.output<typeof Filing>) {
  const tick = (yes: boolean | undefined) => (yes ? 'yes' : undefined)
  const about = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== null && value !== undefined))
  return {
    ...about, claims: claims.join('\n'), remedyTold: remedyTold === false ? 'no' : 'yes', signed: tick(signed), thirdParty: tick(thirdParty), representativeAtSeat: tick(representativeAtSeat), confidential: tick(confidential),
    unitId: String(unitId), ...(agencyUnitId ? { agencyUnitId: String(agencyUnitId) } : {}),
    isPerson: appellant.isPerson === false ? 'no' : 'yes', name: appellant.name, ...given({ bornOn: appellant.bornOn, idNumber: appellant.idNumber, address: appellant.address, email: appellant.email, phone: appellant.phone }),
    ...(agent ? given({ agentName: agent.name, agentAddress: agent.address, agentEmail: agent.email, agentPhone: agent.phone, agentIsLawyer: tick(agent.lawyer) }) : {}),
  }
}

const given = (fields: Record<string, string | null | undefined>) => Object.fromEntries(Object.entries(fields).filter((pair): pair is [string, string] => Boolean(pair[1])))
