import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { acceptUpload, type Upload } from '../../../core/documents/accept.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { done, isRefusal, refusal, type Refusal, type Result } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { addDays, dayOf } from '../../../core/time.ts'
import { registerPetition } from '../create.ts'
import { cancelPending } from '../handling/decide.ts'
import { receiveSupplement } from '../handling/supplement.ts'
import { keepNote } from '../notes.ts'
import { tellPetitioner, tellStaff } from '../notify.ts'
import { closePetition, lockById, refuseNow } from '../petition.ts'
import { withdrawPublicationOf } from '../publication/actions.ts'
import { lockMerged } from '../registration/merged.ts'
import { letterLimits } from '../schema.ts'
import { cleanCode, cleanText, countCharacters } from '../../../core/filing/clean.ts'
import { eraseFiling } from './erase.ts'
import { levelNumber } from './follow-code.ts'
import { giveFollowCode, languageOf } from './give-code.ts'
import { wordsOf } from './words/index.ts'

// What a resident does to their own petition. Who they are was proved by the follow code: routes call these only for
// a case whose code this browser has shown, and pass its id.

const CaseId = z.number().int().positive()
const cleaned = z.string().optional().transform(cleanText)
/** How long a score can be changed. */
export const ratingChangeDays = 30
const noteMax = 1000

export const supplementPetition = act(
  'petitions.supplement-own',
  z.object({ id: CaseId, text: cleaned, files: z.custom<Upload[]>(Array.isArray) }),
  async (tx, ctx, input) => {
    const petition = await lockById(tx, input.id)
    const words = wordsOf[await languageOf(tx, petition.id)]
    const no = refuseNow('supplement', petition)
    if (no) return no
    if (!input.text && !input.files.length) return refusal('supplement.empty', words.follow.supplementMissing, { field: 'text' })
    if (countCharacters(input.text) > letterLimits.bodyMax) return refusal('supplement.too-long', words.errors.bodyLong(letterLimits.bodyMax, countCharacters(input.text)), { field: 'text' })
    const files = await acceptAll(input.files)
    if (isRefusal(files)) return files
    await receiveSupplement(tx, ctx, petition, input.text || `（附件：${files.map((file) => file.name).join('、')}）`)
    for (const file of files) {
      const { id } = await storeDocument(tx, file.bytes, file.mediaType)
      await attachDocument(tx, { caseId: petition.id, documentId: id, name: file.name, kind: 'supplement' })
    }
    return done()
  },
  { by: 'public' },
)

/** Every file, or one refusal that names each that cannot be taken. */
async function acceptAll(uploads: Upload[]) {
  const files: { name: string; mediaType: string; bytes: Buffer }[] = []
  const refused: Refusal[] = []
  for (const upload of uploads) {
    const one = await acceptUpload(upload)
    if (isRefusal(one)) refused.push(one)
    else files.push(one)
  }
  return refused.length ? refusal(refused[0]!.code, refused.map((one) => one.message).join('；'), { field: 'files' }) : files
}

/**
 * 撤回 by the resident. What was never confirmed is erased; a case is registered, since it counted as received, and
 * closed. Others joined to it still wait for their answer: then it goes on.
 */
export const withdrawOwn = act(
  'petitions.withdraw-own',
  z.object({ id: CaseId, reason: cleaned }),
  async (tx, ctx, input): Promise<Result<{ erased: boolean }>> => {
    const petition = await lockById(tx, input.id)
    const no = refuseNow('withdraw', petition)
    if (no) return no
    if (petition.stage === 'unconfirmed') {
      await eraseFiling(tx, ctx, petition, 'petition.withdrawn')
      return done({ erased: true })
    }
    if ((await lockMerged(tx, petition.id)).length) return refusal('petition.has-merged', '還有其他人的陳情併在這件一起辦理，答復會照常完成；您的這件要單獨撤回，請打 1999 由同仁處理')
    const number = petition.number ?? (await registerPetition(tx, ctx, petition.id))
    await cancelPending(tx, petition.id, ctx.now)
    const note = await keepNote(tx, ctx, petition.id, input.reason.slice(0, noteMax))
    await tx.updateTable('cases').set({ merged_into: null }).where('id', '=', petition.id).execute()
    await record(tx, ctx, 'petition.withdrawn', { caseId: petition.id, payload: { by: 'resident' } })
    await closePetition(tx, ctx, petition, 'withdrawn', { note })
    await tellPetitioner(tx, ctx, petition.id, {
      what: 'withdrawn',
      subject: `已撤回：${petition.title}（${number}）`,
      text: `您好：\n\n您在網站上撤回了「${petition.title}」（案號 ${number}），縣政府不再處理。如果這不是您做的，請儘快打 1999 告訴我們。`,
    })
    if (petition.officerId) await tellStaff(tx, [petition.officerId], { subject: `陳情人撤回：${number}`, text: `「${petition.title}」的陳情人在網站撤回，案件已結案，不需要再辦。`, purpose: 'petition.withdrawn', caseId: petition.id })
    return done({ erased: false })
  },
  { by: 'public' },
)

/** 滿意度, once; it can be changed for thirty days. A withdrawn petition has nothing to be satisfied with. */
export const ratePetition = act(
  'petitions.rate',
  z.object({ id: CaseId, score: z.string().optional(), note: cleaned }),
  async (tx, ctx, input) => {
    const petition = await lockById(tx, input.id)
    const no = refuseNow('rate', petition)
    if (no) return no
    const words = wordsOf[await languageOf(tx, petition.id)]
    if (petition.outcome === 'withdrawn') return refusal('rate.withdrawn', words.follow.outcome.withdrawn!)
    const score = Number(input.score)
    if (!(score in words.follow.scores)) return refusal('rate.no-score', words.follow.rateMissing, { field: 'score' })
    const earlier = await tx.selectFrom('petitions').select(['satisfaction', 'satisfied_at']).where('id', '=', petition.id).executeTakeFirstOrThrow()
    if (earlier.satisfied_at && ctx.today > lastRatingDay(earlier.satisfied_at)) return refusal('rate.too-late', `評分超過 ${ratingChangeDays} 天，不能再改`)
    await tx
      .updateTable('petitions')
      .set({ satisfaction: score, satisfaction_note: [...input.note].slice(0, noteMax).join('') || null, satisfied_at: earlier.satisfied_at ?? ctx.now })
      .where('id', '=', petition.id)
      .execute()
    await record(tx, ctx, 'petition.rated', { caseId: petition.id, payload: { score, changed: earlier.satisfaction !== null } })
    return done()
  },
  { by: 'public' },
)

export const lastRatingDay = (satisfiedAt: Date) => addDays(dayOf(satisfiedAt), ratingChangeDays)

/** 公開意願 changed. Taking it back takes down what was published with it. */
export const changeConsent = act(
  'petitions.change-consent',
  z.object({ id: CaseId, consent: z.enum(['yes', 'no']).transform((value) => value === 'yes') }),
  async (tx, ctx, input) => {
    const petition = await lockById(tx, input.id)
    if (petition.publishConsent === input.consent) return done({ takenDown: false })
    await tx.updateTable('petitions').set({ publish_consent: input.consent }).where('id', '=', petition.id).execute()
    await record(tx, ctx, 'petition.consent-changed', { caseId: petition.id, payload: { consent: input.consent } })
    return done({ takenDown: !input.consent && (await withdrawPublicationOf(tx, ctx, petition.id, '陳情人不同意公開')) })
  },
  { by: 'public' },
)

/** The code was lost: a new one goes to the address on file. The answer is the same whether anything matched or not. */
export const sendNewCode = act(
  'petitions.renew-code',
  z.object({ number: z.string().max(60).default(''), email: z.string().max(300).default('') }),
  async (tx, ctx, input) => {
    const hashes = personalHashes('email', cleanCode(input.email))
    const number = levelNumber(input.number)
    if (!hashes.length || !number) return done()
    const row = await tx
      .selectFrom('cases')
      .innerJoin('petitions', 'petitions.id', 'cases.id')
      .select('cases.id')
      .where((eb) => eb.or([eb('number', '=', number), eb('follow_no', '=', number)]))
      .where('email_hash', 'in', hashes)
      .where('stage', '!=', 'lapsed')
      .executeTakeFirst()
    if (row) await giveFollowCode(tx, ctx, await lockById(tx, row.id))
    return done()
  },
  { by: 'public' },
)
