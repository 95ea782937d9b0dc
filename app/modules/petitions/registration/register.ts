import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { done, isRefusal, refusal, type Refusal } from '../../../core/errors.ts'
import { refuseAddress } from '../../../core/mail/outbox.ts'
import { addDays, dayOf } from '../../../core/time.ts'
import { createPetition, registerPetition } from '../create.ts'
import { AcceptedFiles } from '../../../core/documents/accepted-files.ts'
import { giveFollowCode } from '../filing/give-code.ts'
import { CaseNameInput, optionalText } from '../inputs.ts'
import { keepNote } from '../notes.ts'
import { hold } from '../petition.ts'
import { categories, type Channel, channels, letterLimits, outsideCounty, townships } from '../schema.ts'

const channelNames = Object.keys(channels) as [Channel, ...Channel[]]
/** Channels whose petition is spoken: the record is read back or shown (行政程序法 §169). */
export const oralChannels: Channel[] = ['telephone', '1999']
/** Older letters come by import. */
const receivedDaysAgoMax = 400

export const Register = z.object({
  channel: z.enum(channelNames, { error: '請選擇從哪裡來' }),
  title: z.string().trim().min(letterLimits.titleMin, '請填主旨').max(letterLimits.titleMax, `主旨最多 ${letterLimits.titleMax} 個字`),
  body: z.string().trim().min(letterLimits.bodyMin, '請填內容').max(letterLimits.bodyMax, `內容最多 ${letterLimits.bodyMax.toLocaleString('en')} 個字，更長的請改附檔案`),
  receivedAt: z.date({ error: '請填收件時間，例如 110/9/27 14:05' }),
  senderName: optionalText(100),
  senderEmail: optionalText(200),
  senderPhone: optionalText(50),
  senderAddress: optionalText(300),
  answerBy: z.enum(['mail', 'post', 'telephone', 'counter', 'none'], { error: '請選擇答復方式' }),
  category: z.enum(categories, { error: '請從清單選擇類別' }).nullish().catch(null),
  township: z.enum([...townships, outsideCounty]).nullish().catch(null),
  place: optionalText(200),
  mailboxRef: optionalText(200),
  /** an oral petition at the counter */
  oral: z.coerce.boolean().default(false),
  /** the record was read back or shown, and signed or agreed to */
  readBackAt: z.date().nullish(),
  objection: optionalText(1000),
  confidential: z.coerce.boolean().default(false),
  publishConsent: z.coerce.boolean().default(false),
  files: AcceptedFiles,
}).refine((input) => !isOral(input) || input.readBackAt, {
  // 行政程序法 §169: an oral petition is put on record, read to the petitioner or shown, and signed
  error: '請把紀錄向陳情人朗讀或給他閱覽，確認後再登錄（行政程序法 §169）',
  path: ['readBack'],
  // said together with what else is missing, not after it
  when: ({ value }) => typeof value === 'object',
})

/** 登錄 of what came by counter, telephone, letter, 1999 or another mailbox: it gets its 案號 at once. */
export const registerNew = act('petitions.register-new', Register, async (tx, ctx, input) => {
  const no = refuseReceipt(ctx, input) ?? refuseSender(input) ?? (await refuseTwice(tx, input))
  if (no) return no
  const oral = isOral(input)
  const { id, followNo } = await createPetition(tx, ctx, {
    channel: input.channel,
    title: input.title,
    body: input.body,
    sender: { name: input.senderName, email: input.senderEmail, phone: input.senderPhone, address: input.senderAddress },
    receivedAt: input.receivedAt,
    category: input.category ?? null,
    township: input.township ?? null,
    place: input.place,
    publishConsent: input.publishConsent && !input.confidential,
    confidential: input.confidential,
    answerBy: input.answerBy,
    mailboxRef: input.mailboxRef,
    readBackAt: oral ? input.readBackAt! : null,
    letterKind: oral ? 'oral-record' : 'letter',
  })
  for (const file of input.files) {
    const document = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId: id, documentId: document.id, name: file.name, kind: 'attachment', personId: ctx.person.id })
  }
  await keepNote(tx, ctx, id, input.objection && `陳情人對紀錄的異議與更正：${input.objection}`)
  const number = await registerPetition(tx, ctx, id)
  await giveFollowCode(tx, ctx, { id, title: input.title, followNo })
  return done({ id, number })
}, { permission: 'petitions.register' })

/** 登錄 of a resident's confirmed filing or of a letter that came by mail: it draws its 案號. */
export const registerFiled = act('petitions.register', z.object({ name: CaseNameInput }), async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'register')
  if (isRefusal(held)) return held
  if (held.petition.number) return refusal('petition.registered', `已登錄，案號 ${held.petition.number}`)
  return done({ number: await registerPetition(tx, held.ctx, held.petition.id) })
})

export const isOral = (input: { channel: Channel; oral: boolean }): boolean => oralChannels.includes(input.channel) || (input.channel === 'counter' && input.oral)

function refuseReceipt(ctx: StaffContext, input: z.output<typeof Register>): Refusal | null {
  if (input.receivedAt > ctx.now) return refusal('petition.future-receipt', '收件時間在未來，請再看一次', { field: 'receivedAt' })
  if (dayOf(input.receivedAt) < addDays(ctx.today, -receivedDaysAgoMax)) return refusal('petition.old-receipt', `收件時間早於 ${receivedDaysAgoMax} 天前，請確認年份；舊案請用匯入`, { field: 'receivedAt' })
  if (!isOral(input) || !input.readBackAt) return null
  if (input.readBackAt > ctx.now) return refusal('petition.future-read-back', '朗讀時間在未來，請再看一次', { field: 'readBackAt' })
  if (dayOf(input.readBackAt) < dayOf(input.receivedAt)) return refusal('petition.early-read-back', '朗讀時間早於收件', { field: 'readBackAt' })
  return null
}

function refuseSender(input: z.output<typeof Register>): Refusal | null {
  if (input.senderEmail) {
    const no = refuseAddress(input.senderEmail, 'senderEmail')
    if (no) return no
  }
  const needed = { mail: input.senderEmail, post: input.senderAddress, telephone: input.senderPhone, counter: 'none', none: 'none' }
  const field = { mail: 'senderEmail', post: 'senderAddress', telephone: 'senderPhone', counter: 'answerBy', none: 'answerBy' }[input.answerBy]
  const what = { mail: '電子郵件', post: '地址', telephone: '電話', counter: '', none: '' }[input.answerBy]
  return needed[input.answerBy] ? null : refusal('petition.no-address', `要用這個方式答復，請填${what}`, { field })
}

/** The number a letter has in another mailbox names it: the same one is not entered twice. */
async function refuseTwice(tx: Tx, input: z.output<typeof Register>): Promise<Refusal | null> {
  if (!input.mailboxRef) return null
  const known = await tx
    .selectFrom('petitions')
    .innerJoin('cases', 'cases.id', 'petitions.id')
    .select(['cases.number', 'cases.follow_no'])
    .where('mailbox_ref', '=', input.mailboxRef)
    .where('channel', '=', input.channel)
    .executeTakeFirst()
  return known ? refusal('petition.known-reference', `這個信箱編號已登錄為 ${known.number ?? known.follow_no}`, { field: 'mailboxRef' }) : null
}
