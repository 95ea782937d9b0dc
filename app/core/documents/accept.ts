import { fileTypeFromBuffer } from 'file-type'
import { refusal, type Refusal } from '../errors.ts'
import { directoryOf } from '../tabular/zip.ts'
import { scan } from './scan.ts'

/** `over`: it came after the form's files together had passed the limit, and was not kept. */
export type Upload = { filename: string; bytes: Buffer; over?: boolean }

/** What residents and staff may attach, by content and not by name. */
const accepted: Record<string, string[]> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/heic': ['heic'],
  'video/mp4': ['mp4'],
  'audio/mpeg': ['mp3'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'text/plain': ['txt', 'csv'],
}

export const uploadLimits = { files: 10, fileBytes: 20 * 1024 * 1024, totalBytes: 40 * 1024 * 1024 }

export const acceptedExtensions = Object.values(accepted).flat()

/** The media type by content when the file may be attached; else a refusal that names the file and why. */
export async function acceptUpload(file: Upload): Promise<{ name: string; mediaType: string; bytes: Buffer } | Refusal> {
  const name = cleanFileName(file.filename)
  const no = (code: string, why: string) => refusal(`document.${code}`, `「${name}」${why}`, { field: 'files' })
  if (file.over) return no('too-much', `沒有收下：檔案合計超過 ${uploadLimits.totalBytes / 1024 / 1024} MB`)
  if (file.bytes.length === 0) return no('empty', '是空的檔案')
  if (file.bytes.length > uploadLimits.fileBytes) return no('too-large', `超過 ${uploadLimits.fileBytes / 1024 / 1024} MB`)
  const extension = name.split('.').at(-1)?.toLowerCase() ?? ''
  const detected = (await fileTypeFromBuffer(file.bytes).catch(() => undefined))?.mime
  const mediaType = detected ?? (looksLikeText(file.bytes) ? 'text/plain' : undefined)
  if (!mediaType || !accepted[mediaType])
    return no('unknown-type', acceptedExtensions.includes(extension) ? `的內容不是 ${extension} 檔，可能損壞或改過副檔名，請換一個檔案` : `不是可接受的檔案類型（可附：${acceptedExtensions.join('、')}）`)
  if (!accepted[mediaType].includes(extension)) return no('wrong-extension', `的內容是 ${accepted[mediaType][0]}，和副檔名不符，請改名後再附`)
  if (unpacksTooLarge(file.bytes)) return no('unpacks-too-large', '解開後太大或分成太多份，請另存成較小的檔案')
  const scanned = await scan(file.bytes).catch(() => null)
  if (!scanned) return no('not-scanned', '現在無法檢查有沒有病毒，沒有收下，請稍後再附')
  if (scanned.found) return no('malware', `沒有收下：掃毒發現 ${scanned.found}`)
  return { name, mediaType, bytes: file.bytes }
}

/** Office files are zips; whoever opens one should not run out of memory. By what its directory claims: we never unpack it ourselves. */
const unpackedBytesMax = 200 * 1024 * 1024
const partsMax = 5_000

function unpacksTooLarge(bytes: Buffer): boolean {
  if (bytes.readUInt16BE(0) !== 0x504b) return false
  const { parts, unpackedBytes } = directoryOf(bytes)
  return parts > partsMax || unpackedBytes > unpackedBytesMax
}

function looksLikeText(bytes: Buffer): boolean {
  return !bytes.subarray(0, 65_536).includes(0)
}

/** The bare name: no folders, control, bidi or zero-width characters, at most 120 characters. */
export function cleanFileName(name: string): string {
  const bare = name.split(/[\\/]/).at(-1)!.normalize('NFC').replace(/[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"<>|:*?]/g, '')
  const kept = bare.trim().replace(/^\.+/, '') || '未命名'
  const characters = [...kept]
  if (characters.length <= 120) return kept
  const extension = kept.includes('.') ? `.${kept.split('.').at(-1)!.slice(0, 10)}` : ''
  return characters.slice(0, 110).join('') + extension
}
