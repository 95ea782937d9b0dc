// Runs by itself: a law laid out as plain data on standard input, its PDF on standard output. See ../pdf.ts.
import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFonts } from '../../../../core/reports/document/pdf/fonts.ts'
import { withVisibleGlyphs } from '../../../../core/reports/document/pdf/glyphs.ts'

const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const fonts = readFonts()
// a folder that need not exist: every file that the template asks for is handed over in memory
const workspace = '/windlion-law'
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts.files }] })
const put = (path: string, value: unknown) => compiler.mapShadow(workspace + path, Buffer.from(JSON.stringify(value)))
put('/law.json', withVisibleGlyphs(JSON.parse(Buffer.concat(parts).toString('utf8')), fonts.printable))
put('/fonts.json', { serif: fonts.serif, sans: fonts.sans })
const compiled = compiler.compile({ mainFileContent: readFileSync(new URL('./law.typ', import.meta.url), 'utf8') })
const error = compiled.takeError()
if (!compiled.result) throw new Error(`the law could not be laid out: ${JSON.stringify(error?.shortDiagnostics ?? [])}`)
process.stdout.write(compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }))
