import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Picture, ReportDocument } from '../model.ts'
import { readFonts } from './fonts.ts'
import { withVisibleGlyphs } from './glyphs.ts'
import { layoutOf } from './layout.ts'

// A folder that need not exist: every file that the template asks for is handed over in memory.
const workspace = '/windlion-report'

/** The report as PDF/UA-1. Takes a second and a hundred megabytes, so call it in a process of its own: see pdf.ts. */
export function compilePdf(document: ReportDocument, { baseUrl }: { baseUrl: string }): Buffer {
  const fonts = readFonts()
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts.files }] })
  const put = (path: string, content: Uint8Array) => compiler.mapShadow(workspace + path, Buffer.from(content))
  const readable = ({ bytes, mediaType }: Picture): boolean => {
    put('/trial', bytes)
    const format = mediaType === 'image/png' ? 'png' : 'jpg'
    return !compiler.compile({ mainFileContent: `#image("/trial", format: "${format}", alt: "trial")` }).hasError()
  }
  const { data, files } = layoutOf(withVisibleGlyphs(document, fonts.printable), { baseUrl, readable })
  put('/report.json', Buffer.from(JSON.stringify(data)))
  put('/fonts.json', Buffer.from(JSON.stringify({ serif: fonts.serif, sans: fonts.sans })))
  for (const [path, content] of files) put(path, content)
  const compiled = compiler.compile({ mainFileContent: template() })
  const error = compiled.takeError()
  if (!compiled.result) throw new Error(`the report could not be laid out: ${JSON.stringify(error?.shortDiagnostics ?? [])}`)
  return compiler.pdf(compiled.result, { pdfStandard: 'ua-1' })
}

const template = (): string => readFileSync(new URL('./report.typ', import.meta.url), 'utf8')
