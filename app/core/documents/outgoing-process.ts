// Runs by itself: files on standard input, the same without hidden data on standard output. See outgoing.ts.
import { deserialize, serialize } from 'node:v8'
import { UnreadableFile } from '../tabular/table.ts'
import type { Cleaned, OutgoingFile } from './outgoing.ts'
import { cleanOffice, isOfficeFile } from './outgoing-office.ts'
import { drawAnew } from './outgoing-picture.ts'

async function clean({ name, mediaType, bytes }: OutgoingFile): Promise<Cleaned> {
  const content = Buffer.from(bytes)
  // the library takes half a second to load
  if (mediaType === pdf) return (await import('./outgoing-pdf.ts')).cleanPdf(name, content)
  if (!isOfficeFile(mediaType)) return drawAnew(mediaType, content)
  try {
    return cleanOffice(mediaType, content)
  } catch (error) {
    if (error instanceof UnreadableFile) return { unreadable: '打不開，可能損壞或有密碼，請另存新檔再附' }
    throw error
  }
}

const pdf = 'application/pdf'
const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const made: Cleaned[] = []
for (const file of deserialize(Buffer.concat(parts)) as OutgoingFile[]) made.push(await clean(file))
process.stdout.write(serialize(made))
