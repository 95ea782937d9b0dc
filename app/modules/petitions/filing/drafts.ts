import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { type Db, type Tx, write } from '../../../core/db.ts'
import { acceptUpload, cleanFileName, type Upload, uploadLimits } from '../../../core/documents/accept.ts'
import { forgetDocuments } from '../../../core/documents/forget.ts'
import { storeDocument } from '../../../core/documents/store.ts'
import { done, isRefusal } from '../../../core/errors.ts'
import { seal, unseal } from '../../../core/personal-data/index.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { defineJob } from '../../../core/jobs/jobs.ts'
import { type Language, languages } from '../../../core/web/language.ts'
import './tables.ts'

/** What was typed and attached so far. Sealed as a whole: it is personal data that nobody in the office may see yet. */
export type Draft = {
  language: Language
  fields: Record<string, string>
  files: KeptFile[]
  /** the case that this one follows up (再陳情); set from a follow session, never from a form */
  previousId?: number
}
export type KeptFile = { id: number; name: string; bytes: number }
/** `message` is a Chinese sentence that names the file; pages in another language say the code in their words. */
export type RefusedFile = { name: string; code: string; message: string }

/** How long something typed waits for its sending. */
export const draftHours = 24

export const newDraftToken = () => randomBytes(24).toString('base64url')

const KeepDraft = z.object({
  token: z.string().regex(/^[\w-]{32}$/),
  language: z.enum(languages),
  fields: z.record(z.string(), z.string()),
  files: z.custom<Upload[]>(Array.isArray),
  /** ids of files to leave out */
  without: z.array(z.coerce.number()).default([]),
  previousId: z.number().optional(),
})

/**
 * Keeps what was typed and attached under the visitor's own token, whatever is wrong with it, and says which files
 * were not taken and why. No event: it is no act on a case, and it is gone after a day.
 */
export const keepDraft = act(
  'petitions.keep-draft',
  KeepDraft,
  async (tx, ctx, input) => {
    const hash = tokenHash(input.token)
    const earlier = await lockDraft(tx, input.token)
    const files = (earlier?.files ?? []).filter((file) => !input.without.includes(file.id))
    const refused: RefusedFile[] = []
    for (const upload of input.files) {
      const no = await keepFile(tx, files, upload)
      if (no) refused.push(no)
    }
    const previousId = input.previousId ?? earlier?.previousId
    const draft: Draft = { language: input.language, fields: input.fields, files, ...(previousId ? { previousId } : {}) }
    const row = { content: seal(JSON.stringify(draft))!, until: new Date(ctx.now.getTime() + draftHours * 3_600_000) }
    await tx.insertInto('petition_filing_drafts').values({ token_hash: hash, ...row }).onConflict((known) => known.column('token_hash').doUpdateSet(row)).execute()
    await keepReferences(tx, hash, files)
    return done({ draft, refused })
  },
  { by: 'public' },
)

async function keepFile(tx: Tx, files: KeptFile[], upload: Upload): Promise<RefusedFile | null> {
  const accepted = await acceptUpload(upload)
  if (isRefusal(accepted)) return { name: cleanFileName(upload.filename), code: accepted.code, message: accepted.message }
  const { name, bytes, mediaType } = accepted
  const no = (code: string, why: string): RefusedFile => ({ name, code: `document.${code}`, message: `「${name}」沒有收下：${why}` })
  if (files.length >= uploadLimits.files) return no('too-many', `最多 ${uploadLimits.files} 個附件`)
  if (files.reduce((sum, file) => sum + file.bytes, bytes.length) > uploadLimits.totalBytes) return no('too-much', `附件合計超過 ${uploadLimits.totalBytes / 1024 / 1024} MB`)
  const { id } = await storeDocument(tx, bytes, mediaType)
  if (!files.some((file) => file.id === id && file.name === name)) files.push({ id, name, bytes: bytes.length })
  return null
}

async function keepReferences(tx: Tx, hash: Buffer, files: KeptFile[]): Promise<void> {
  const ids = [...new Set(files.map((file) => file.id))]
  const gone = await tx.deleteFrom('petition_filing_draft_files').where('token_hash', '=', hash).$if(ids.length > 0, (query) => query.where('document_id', 'not in', ids)).returning('document_id').execute()
  if (ids.length) await tx.insertInto('petition_filing_draft_files').values(ids.map((id) => ({ token_hash: hash, document_id: id }))).onConflict((known) => known.doNothing()).execute()
  await forgetDocuments(tx, gone.map((row) => row.document_id))
}

/** The draft of a token, as long as it is kept. */
export async function findDraft(db: Db, token: string | undefined, now: Date): Promise<Draft | null> {
  if (!token) return null
  const row = await db.selectFrom('petition_filing_drafts').select('content').where('token_hash', '=', tokenHash(token)).where('until', '>', now).executeTakeFirst()
  return row ? (JSON.parse(unseal(row.content)!) as Draft) : null
}

export async function lockDraft(tx: Tx, token: string): Promise<Draft | null> {
  const row = await tx.selectFrom('petition_filing_drafts').select('content').where('token_hash', '=', tokenHash(token)).forUpdate().executeTakeFirst()
  return row ? (JSON.parse(unseal(row.content)!) as Draft) : null
}

/** After filing: the files belong to the case now. */
export async function dropDraft(tx: Tx, token: string): Promise<void> {
  await tx.deleteFrom('petition_filing_drafts').where('token_hash', '=', tokenHash(token)).execute()
}

/** Forgets what was never sent, files too. */
export const sweepDrafts = defineJob({
  name: 'petitions.sweep-drafts',
  as: 'system',
  title: '清除沒有送出的草稿',
  every: '23 * * * *',
  run: (db) => sweepDraftsAt(db, new Date()),
})

export async function sweepDraftsAt(db: Db, now: Date): Promise<void> {
  await write(db, async (tx) => {
    const old = await tx.selectFrom('petition_filing_drafts').select('token_hash').where('until', '<=', now).limit(500).forUpdate().skipLocked().execute()
    if (!old.length) return
    const hashes = old.map((row) => row.token_hash)
    const files = await tx.deleteFrom('petition_filing_draft_files').where('token_hash', 'in', hashes).returning('document_id').execute()
    await tx.deleteFrom('petition_filing_drafts').where('token_hash', 'in', hashes).execute()
    await forgetDocuments(tx, files.map((row) => row.document_id))
  })
}
