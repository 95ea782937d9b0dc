import { writeFile } from 'node:fs/promises'
import { readConfig } from '../config.ts'
import { read } from '../core/db.ts'
import { WrongUse } from '../core/errors.ts'
import type { FigureSpan } from '../core/figures/figure.ts'
import { figurePath } from '../core/figures/paths.ts'
import { checkpointAt } from '../core/reports/checkpoint.ts'
import { composeSource, numbersOf, sourceOf, templateSource } from '../core/reports/compose-report.ts'
import { type PaperFormat, paperFormats, renderFile } from '../core/reports/files.ts'
import { findReportOf } from '../core/reports/queries.ts'
import { councilReport, reportJson } from '../modules/council-report/index.ts'
import type { System } from '../start.ts'
import { readOptions, readSpan, spanOptions } from './options.ts'
import { onSystem } from './system.ts'

/** `report --from … --to …`: the council report for any period, status day and instant, on standard output or into a file. */
export async function reportCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { ...spanOptions, format: 'text', out: 'text' })
  if (words.length) throw new WrongUse(`多了「${words.join(' ')}」；期間請以 --from 和 --to 指定`)
  const format = given.format ?? 'html'
  if (format !== 'json' && !paperFormats.includes(format as PaperFormat)) throw new WrongUse(`--format 只有 html、json、pdf、odt 或 odp，沒有「${format}」`)
  const span = readSpan(given)
  if (format !== 'json' && format !== 'html' && given.out === undefined && process.stdout.isTTY) throw new WrongUse(`${format.toUpperCase()} 不能印在畫面上，請以 --out 指定檔案`)
  return onSystem(async ({ db }) => {
    const out = format === 'json' ? await makeJson(db, span) : await makePaper(db, span, format as PaperFormat)
    if (given.out === undefined) await print(out)
    else {
      await writeFile(given.out, out).catch((error: Error) => {
        throw new WrongUse(`不能寫入 ${given.out}：${error.message}`)
      })
      process.stderr.write(`已寫入 ${given.out}\n`)
    }
    return 0
  })
}

type Database = System['db']

async function makeJson(db: Database, span: FigureSpan): Promise<string> {
  return JSON.stringify(await reportJson(db, span, new Date(), readConfig().publicUrl ?? ''), null, 2) + '\n'
}

/** The text that was drafted for this period, as it stood at the instant; else the template. */
async function makePaper(db: Database, span: FigureSpan, format: PaperFormat): Promise<Uint8Array> {
  const asOf = span.asOf ?? new Date()
  const standing = { asOf, checkpoint: await checkpointAt(db, asOf) }
  const stored = await read(db, (reader) => findReportOf(reader, councilReport.kind, span), span.asOf)
  const source = stored === null ? await templateSource(db, councilReport, span, standing) : (await sourceOf(db, stored, standing, span.asOf)).source
  process.stderr.write(stored === null ? '這個期間還沒有草稿，以範本編成\n' : `以第 ${stored} 號報告的文字編成\n`)
  const numbers = await numbersOf(db, councilReport, span)
  const { document, problems } = await composeSource(db, councilReport, source, numbers, stored, {
    urlOf: (id, { source: from }) => (from === 'cases' ? figurePath(id, { ...span, asOf }) : null),
    pictureUrlOf: () => null,
  })
  for (const [key, found] of problems) for (const { line, message } of found) process.stderr.write(`${key}:${line}：${message}\n`)
  return renderFile(document, format, readConfig().publicUrl ?? '')
}

function print(out: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(out, (error) => (error ? reject(error) : resolve())))
}
