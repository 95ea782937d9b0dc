import { acceptUpload, type Upload } from '../../core/documents/accept.ts'
import { isRefusal, type Refusal } from '../../core/errors.ts'

/** Files whose content was looked at and found acceptable; acts take only these. */
export type AcceptedFile = { name: string; mediaType: string; bytes: Buffer }

/** All uploads of a form, or the refusal of the first that will not do. */
export async function acceptUploads(uploads: Upload[]): Promise<{ refused?: false; files: AcceptedFile[] } | Refusal> {
  const files: AcceptedFile[] = []
  for (const upload of uploads) {
    const accepted = await acceptUpload(upload)
    if (isRefusal(accepted)) return accepted
    files.push(accepted)
  }
  return { files }
}
