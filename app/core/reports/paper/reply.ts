import { file, type Reply } from '../../web/route.ts'
import { paperOdt } from './odt.ts'
import type { Paper } from './paper.ts'
import { paperPdf } from './pdf.ts'

export const isPaperForm = (form: string | undefined): form is 'odt' | 'pdf' => form === 'odt' || form === 'pdf'

/** A paper to take away; `name`: the file's, without its ending. */
export async function paperReply(paper: Paper, form: 'odt' | 'pdf', name: string): Promise<Reply> {
  return form === 'odt' ? file(paperOdt(paper), 'application/vnd.oasis.opendocument.text', `${name}.odt`) : file(await paperPdf(paper), 'application/pdf', `${name}.pdf`)
}
