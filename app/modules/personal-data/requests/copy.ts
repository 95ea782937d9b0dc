import { strToU8, zipSync } from 'fflate'
import type { Reader } from '../../../core/db.ts'
import { type HeldCase, type HeldTable, type Identity, readHeld } from '../../../core/personal-data/held.ts'
import { rocDateTime, rocLongDay, dayOf, isoInstant } from '../../../core/time.ts'
import { openingsOf } from '../openings/queries.ts'

export type Copy = { name: string; at: Date; county: string; cases: ({ caseName: string; title: string; received: Date | null } & HeldCase)[]; openings: Awaited<ReturnType<typeof openingsOf>> }

/** Everything held of the person in these cases, and when their data were opened, by which unit and what for. */
export async function readCopy(reader: Reader, of: Identity & { name: string; county: string; caseIds: number[] }, at: Date): Promise<Copy> {
  const rows = of.caseIds.length ? await reader.selectFrom('cases').select(['id', 'number', 'follow_no', 'title', 'received_at']).where('id', 'in', of.caseIds).orderBy('id').execute() : []
  const cases = []
  for (const row of rows) cases.push({ caseName: row.number ?? row.follow_no, title: row.title, received: row.received_at, ...(await readHeld(reader, row.id, of)) })
  return { name: of.name, county: of.county, at, cases, openings: await openingsOf(reader, of.caseIds) }
}

/** Said where a case has other parties. */
const withOthers = '這件還有其他當事人。複本只有您自己的資料；書狀、文書與往來內容請向承辦單位申請閱覽卷宗（行政程序法 §46）。'

/** A zip with a page to read and the same as JSON for programs. */
export function zipCopy(copy: Copy): Uint8Array {
  const mtime = new Date('2000-01-01T00:00:00Z')
  return zipSync({ '個人資料.html': [strToU8(pageOf(copy)), { mtime }], 'personal-data.json': [strToU8(JSON.stringify(jsonOf(copy), null, 1)), { mtime }] })
}

function jsonOf({ name, at, county, cases, openings }: Copy) {
  return {
    of: name, county, at: isoInstant(at),
    cases: cases.map((one) => ({ number: one.caseName, title: one.title, receivedAt: one.received && isoInstant(one.received), otherParties: one.others, held: one.tables.map(({ file, rows }) => ({ file, rows: rows.map((row) => Object.fromEntries(row.map(({ label, value }) => [label, value]))) })) })),
    openings: openings.map((one) => ({ case: one.caseName, at: isoInstant(one.at), unit: one.unitName, purpose: one.purpose })),
  }
}

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function pageOf({ name, at, county, cases, openings }: Copy): string {
  const rows = (table: HeldTable) => table.rows.map((row) => `<dl>${row.map(({ label, value }) => `<dt>${escape(label)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`).join('')
  const sections = cases.map((one) => `<section><h2>${escape(one.caseName)}　${escape(one.title)}</h2>${one.received ? `<p>收件 ${rocDateTime(one.received)}</p>` : ''}${one.others ? `<p>${withOthers}</p>` : ''}${one.tables.map((table) => `<h3>${escape(table.file)}</h3>${rows(table)}`).join('')}</section>`)
  const opened = openings.length
    ? `<table><thead><tr><th>時間</th><th>案件</th><th>單位</th><th>目的</th></tr></thead><tbody>${openings.map((one) => `<tr><td>${rocDateTime(one.at)}</td><td>${escape(one.caseName)}</td><td>${escape(one.unitName ?? '')}</td><td>${escape(one.purpose)}</td></tr>`).join('')}</tbody></table>`
    : '<p>沒有人打開過您的聯絡資料。</p>'
  return `<!doctype html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>個人資料複本</title><style>
body{font:17px/1.7 "Noto Sans TC","PingFang TC","Microsoft JhengHei",system-ui,sans-serif;max-width:44em;margin:2rem auto;padding:0 1rem;color:#1c2a2e;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;border-top:1px solid #9aa;padding-top:1rem;margin-top:2rem}h3{font-size:1rem;color:#455}
dl{display:grid;grid-template-columns:9em 1fr;gap:.2rem 1rem;margin:0 0 1rem;padding:.6rem .8rem;background:#f4f3f0}dt{color:#455}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}</style></head><body>
<h1>${escape(county)}留存的個人資料</h1><p>${escape(name)}　${rocLongDay(dayOf(at))}製作（個人資料保護法 §10）。本府內部擬稿及他人資料不在內（政府資訊公開法 §18 I ③）。</p>
${sections.join('')}<section><h2>誰打開過您的聯絡資料</h2>${opened}</section></body></html>
`
}
