// Runs by itself: a paper on standard input, its PDF on standard output. See pdf.ts.
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFonts } from '../document/pdf/fonts.ts'
import { withVisibleGlyphs } from '../document/pdf/glyphs.ts'
import type { Paper } from './paper.ts'

const workspace = '/windlion-paper'

const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const paper = deserialize(Buffer.concat(parts)) as Paper
const fonts = readFonts()
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts.files }] })
const [year, month, date] = paper.on.split('-').map(Number)
const { title, lines, author } = withVisibleGlyphs({ title: paper.title, lines: paper.lines, author: paper.author ?? [] }, fonts.printable)
compiler.mapShadow(`${workspace}/paper.json`, Buffer.from(JSON.stringify({ title, lines, author, hanging: paper.hanging ?? 26, on: { year, month, date }, fonts: { serif: fonts.serif, sans: fonts.sans } })))
const compiled = compiler.compile({ mainFileContent: readFileSync(new URL('./paper.typ', import.meta.url), 'utf8') })
const error = compiled.takeError()
if (!compiled.result) throw new Error(`the paper could not be laid out: ${JSON.stringify(error?.shortDiagnostics ?? [])}`)
process.stdout.write(compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }))
