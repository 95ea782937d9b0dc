import { acceptUpload } from '../../../core/documents/accept.ts'
import { isRefusal } from '../../../core/errors.ts'
import type { Attachment, Letter } from '../../../core/mail/letter.ts'
import { cleanFilename } from '../../../core/mail/clean.ts'
import type { AcceptedFile } from '../../../core/documents/accepted-files.ts'

/** More is seldom a letter; the rest stays in the original. */
const filesMax = 40

/** Proofs of who wrote, not papers to look at. */
const signatures = /^application\/(x-)?pkcs7-signature$|^application\/pgp-signature$/

/** What of a letter's attachments becomes files of the case, and a sentence for each that stays inside the original. */
export async function filesOf(letter: Letter): Promise<{ files: AcceptedFile[]; remarks: string[] }> {
  const files: AcceptedFile[] = []
  const remarks: string[] = []
  const names = new Set<string>()
  const own = letter.attachments.filter((file) => !signatures.test(file.mediaType))
  for (const [at, attachment] of own.entries()) {
    if (files.length >= filesMax) {
      remarks.push(`其餘 ${own.length - at} 個附件沒有另外收下，都在原始郵件裡`)
      break
    }
    const upload = uploadOf(attachment, at)
    const accepted = await acceptUpload(upload)
    if (isRefusal(accepted)) remarks.push(`附件「${upload.filename}」${why[accepted.code] ?? '不能收下'}，仍在原始郵件裡`)
    else files.push({ ...accepted, name: distinct(accepted.name, names) })
  }
  return { files, remarks }
}

const why: Record<string, string> = {
  'document.empty': '是空的',
  'document.too-large': '太大',
  'document.unknown-type': '不是可接受的檔案類型，沒有另外收下',
  'document.wrong-extension': '的內容和副檔名不符，沒有另外收下',
}

const extensions: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif', 'image/webp': 'webp', 'image/heic': 'heic', 'application/pdf': 'pdf', 'text/plain': 'txt' }

/** A letter enclosed in the letter is kept as its readable text; what has no name gets one. */
function uploadOf(attachment: Attachment, at: number): { filename: string; bytes: Buffer } {
  const name = cleanFilename(attachment.filename)
  if (attachment.text) return { filename: `${name.replace(/\.eml$/i, '') || '轉寄的信'}.txt`, bytes: Buffer.from(attachment.text) }
  return { filename: name || `附件${at + 1}.${extensions[attachment.mediaType] ?? 'bin'}`, bytes: attachment.bytes }
}

/** The same name twice in one letter is two files, not two versions of one. */
function distinct(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let free = name
  for (let no = 2; taken.has(free); no += 1) free = `${stem}（${no}）${extension}`
  taken.add(free)
  return free
}
