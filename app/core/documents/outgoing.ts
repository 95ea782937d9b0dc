import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { refusal, type Refusal } from '../errors.ts'
import { answerOf } from '../own-process.ts'
import { isOfficeFile } from './outgoing-office.ts'

export type OutgoingFile = { name: string; mediaType: string; bytes: Buffer }
/** `found`: what is still in the file and its sender should know, in words that follow its name */
export type Cleaned = { bytes: Uint8Array; found: string[] } | { unreadable: string }

const pictures = new Set(['image/jpeg', 'image/png', 'image/webp'])
const isCleaned = ({ mediaType }: OutgoingFile): boolean => pictures.has(mediaType) || mediaType === 'application/pdf' || isOfficeFile(mediaType)

/**
 * Files that the office itself sends out or shows to others, without what one does not see in them: pictures are drawn anew, PDF and
 * office files lose author, times, small picture and paths. GIF, sound and film go as they are: nothing here can clean them with certainty.
 * HEIC, which telephones fill with place and time, is refused. What residents send is evidence and never comes here. In a
 * process of its own: reading strange pictures and files takes memory, and may end badly.
 */
export async function cleanOutgoing(files: OutgoingFile[]): Promise<{ refused?: false; files: OutgoingFile[]; /** sentences for whoever sends them */ found: string[] } | Refusal> {
  const heic = files.find(({ mediaType }) => mediaType === 'image/heic')
  if (heic) return no(heic, '是手機的 HEIC 照片，裡面的拍攝地點和時間無法清除，請另存成 JPEG 再附')
  const dirty = files.filter(isCleaned)
  if (!dirty.length) return { files, found: [] }
  const answer = deserialize(await answerOf(fileURLToPath(new URL('./outgoing-process.ts', import.meta.url)), serialize(dirty))) as Cleaned[]
  const cleaned = new Map(dirty.map((file, i) => [file, answer[i]!]))
  const found: string[] = []
  const kept: OutgoingFile[] = []
  for (const file of files) {
    const result = cleaned.get(file)
    if (result && 'unreadable' in result) return no(file, result.unreadable)
    kept.push(result ? { ...file, bytes: Buffer.from(result.bytes) } : file)
    found.push(...(result?.found ?? []).map((what) => `「${file.name}」${what}`))
  }
  return { files: kept, found }
}

const no = (file: OutgoingFile, why: string): Refusal => refusal('document.not-cleaned', `「${file.name}」${why}`, { field: 'files' })
