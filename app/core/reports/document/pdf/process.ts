// Runs by itself: a report on standard input, its PDF on standard output. See pdf.ts.
import { deserialize } from 'node:v8'
import { compilePdf } from './compile.ts'

const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const { document, baseUrl } = deserialize(Buffer.concat(parts))
process.stdout.write(compilePdf(document, { baseUrl }))
