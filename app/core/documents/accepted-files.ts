import { z } from 'zod'
import { isRefusal, type Refusal } from '../errors.ts'
import { acceptUpload, type Upload } from './accept.ts'

/** Files whose content was looked at and found acceptable; acts take only these. */
export type AcceptedFile = { name: string; mediaType: string; bytes: Buffer }
export const AcceptedFiles = z.array(z.custom<AcceptedFile>((value) => Buffer.isBuffer((value as AcceptedFile | null)?.bytes))).default([])

/** All uploads of a form, or the refusal of the first that will not do. */
export async function acceptUploads(uploads: readonly Upload[]): Promise<{ refused?: false; files: AcceptedFile[] } | Refusal> {
  const files: AcceptedFile[] = []
  for (const upload of uploads) {
    const accepted = await acceptUpload(upload)
    if (isRefusal(accepted)) return accepted
    files.push(accepted)
  }
  return { files }
}
