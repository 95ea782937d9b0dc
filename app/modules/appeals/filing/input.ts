import { z } from 'zod'
import { findPlace } from '../../../core/clocks/travel.ts'
import { refusal, type Refusal } from '../../../core/errors.ts'
import { refuseAddress } from '../../../core/mail/outbox.ts'
import { type Day, parseDay, rocDay, whyNotDay } from '../../../core/time.ts'
import { AcceptedFiles } from '../../../core/documents/accepted-files.ts'
import { namedDay, optionalDay } from '../../../core/day-fields.ts'
import { optionalLine, ticked } from '../../../core/form-fields.ts'
import { type AgencyKind, agencyKinds, type Channel, channels, type Form, forms, type Ground, grounds, serviceKinds } from '../schema.ts'

const keys = <K extends string>(of: Record<K, unknown>) => Object.keys(of) as [K, ...K[]]
const lines = z.string().max(20_000).transform((text) => text.split('\n').map((line) => line.trim()).filter(Boolean))

export const email = z.string().trim().max(254).optional().transform((text) => text || null).refine((text) => text === null || !refuseAddress(text), '電子郵件的寫法不對，例如 name@example.org')
export const residence = z.string().trim().max(40).optional().transform((text, check) => {
  if (!text) return null
  const place = findPlace(text)
  if ('near' in place) {
    const near = place.near.filter((name) => [...text].some((letter) => name.includes(letter)))
    check.addIssue({ code: 'custom', message: `沒有「${text}」這個地方，${near.length ? `最接近的是 ${near.slice(0, 3).join('、')}` : '請填縣市或鄉鎮，例如臺北市'}` })
    return null
  }
  return place.name
})

/** 出生年月日 as it was written, which the decision prints (訴願法 §89 I ①): it has to be a day. */
export const bornOn = z.string().trim().max(40, '最多 40 個字').optional().transform((text, check) => {
  if (text && parseDay(text) === null) check.addIssue({ code: 'custom', message: whyNotDay(text) ?? '請填出生年月日，例如 60/1/1' })
  return text || null
})

/** What 訴願法 §56 asks of a filing, as the forms of desk and portal send it. */
export const FilingFields = z.object({
  form: z.enum(keys(forms) as [Form, ...Form[]], { error: '請選擇送來的是訴願書還是不服之表示' }),
  ground: z.enum(keys(grounds) as [Ground, ...Ground[]], { error: '請選擇為什麼提起訴願' }),
  title: z.string().trim().min(2, '請填案由').max(200, '案由最多 200 個字'),
  category: optionalLine(40),
  agencyKind: z.enum(keys(agencyKinds) as [AgencyKind, ...AgencyKind[]], { error: '請選擇原處分機關是哪一種' }),
  agencyUnitId: z.string().optional().transform((text) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)),
  agency: optionalLine(60),
  authority: optionalLine(60),
  thirdParty: ticked,
  dispositionNo: optionalLine(100),
  dispositionOn: optionalDay(),
  servedOn: optionalDay(),
  serviceKind: z.enum(serviceKinds).optional(),
  knownOn: optionalDay(),
  appliedOn: optionalDay(),
  remedyTold: z.enum(['yes', 'no']).default('yes').transform((value) => value === 'yes'),
  residence,
  representativeAtSeat: ticked,
  claims: lines.refine((all) => all.every((line) => line.length <= 2000), '每一項請求最多 2,000 個字'),
  facts: z.string().trim().max(100_000, '最多 100,000 個字'),
  confidential: ticked,
  isPerson: z.enum(['yes', 'no']).default('yes').transform((value) => value === 'yes'),
  name: z.string().trim().min(2, '請填訴願人的姓名或名稱').max(100, '最多 100 個字'),
  bornOn,
  idNumber: optionalLine(40),
  address: optionalLine(200),
  email,
  phone: optionalLine(60),
  agentName: optionalLine(100),
  agentAddress: optionalLine(200),
  agentEmail: email,
  agentPhone: optionalLine(60),
  agentIsLawyer: ticked,
})

export const FilingInput = FilingFields.extend({
  channel: z.enum(keys(channels) as [Channel, ...Channel[]], { error: '請選擇怎麼收到的' }),
  receivedOn: namedDay('收件日期'),
  firstReceivedBy: optionalLine(60),
  firstReceivedOn: optionalDay(),
  signed: ticked,
  unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位'),
  files: AcceptedFiles,
}).transform(withParties)
export type FilingValues = z.output<typeof FilingInput>

/** Appellant and agent out of the flat fields of the form. */
export function withParties<T extends z.output<typeof FilingFields>>(fields: T) {
  const { isPerson, name, bornOn, idNumber, address, phone, agentName, agentAddress, agentEmail, agentPhone, agentIsLawyer } = fields
  return {
    ...fields,
    appellant: { isPerson, name, bornOn, idNumber, address, email: fields.email, phone },
    agent: agentName ? { name: agentName, address: agentAddress, email: agentEmail, phone: agentPhone, lawyer: agentIsLawyer } : null,
  }
}

type Checked = { form: Form; ground: Ground; claims: string[]; facts: string; servedOn: Day | null; dispositionOn: Day | null; knownOn: Day | null; appliedOn: Day | null; thirdParty: boolean; receivedOn?: Day; firstReceivedOn?: Day | null; firstReceivedBy?: string | null }

/** What single fields cannot tell: days in their order, what goes with what. Defects that can be corrected (§62) are no reason to refuse a paper at the desk. */
export function refuseFiling(input: Checked, today: Day): Refusal | null {
  const received = input.receivedOn ?? today
  if (received > today) return refusal('appeal.future', '收件日期在今天以後', { field: 'receivedOn' })
  if (input.form === 'appeal' && input.claims.length === 0) return refusal('appeal.claims', '請填訴願請求事項，一行一項', { field: 'claims', law: '訴願法 §56 I ④' })
  if (input.facts.length < 2) return refusal('appeal.facts', '請填事實及理由，或不服的內容', { field: 'facts' })
  if (input.ground === 'inaction' && !input.appliedOn) return refusal('appeal.applied', '請填向機關申請的日期', { field: 'appliedOn', law: '訴願法 §56 III' })
  if (input.firstReceivedBy && !input.firstReceivedOn) return refusal('appeal.first-received', '請填該機關收到的日期', { field: 'firstReceivedOn' })
  for (const [field, on, what] of [['servedOn', input.servedOn, '送達'], ['knownOn', input.knownOn, '知悉'], ['appliedOn', input.appliedOn, '申請'], ['firstReceivedOn', input.firstReceivedOn ?? null, '他機關收到']] as const) {
    if (on && on > received) return refusal('appeal.after', `${what}的日期（${rocDay(on)}）在收件（${rocDay(received)}）以後`, { field })
  }
  if (input.servedOn && input.dispositionOn && input.servedOn < input.dispositionOn) return refusal('appeal.served-before', '送達在處分的日期以前', { field: 'servedOn' })
  return null
}
