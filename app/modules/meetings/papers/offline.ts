import { createHash } from 'node:crypto'
import { readDocument } from '../../../core/documents/store.ts'
import { rocLongDay } from '../../../core/time.ts'
import { decisionText, sectionName } from '../shown.ts'
import type { Paper, Papers } from './papers.ts'

/** Files beyond this are named in it, and left out: a tablet opens a file of some 40 MB, not of hundreds. */
const filesBytesMax = 30 * 1024 * 1024

const style = `:root{color-scheme:light dark}body{font:1.0625rem/1.8 "Noto Sans TC","PingFang TC","Microsoft JhengHei",sans-serif;max-width:46rem;margin:0 auto;padding:1rem 1.25rem 4rem}h1{font-size:1.5rem;line-height:1.4}h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid #8888;padding-top:1rem}h3{font-size:1rem;margin-bottom:0}p,pre{margin:.25rem 0 .75rem;white-space:pre-wrap;font:inherit}nav ol{padding-left:1.5rem}small{opacity:.8}img{max-width:100%;height:auto}aside{border-left:4px solid #b8860b;padding-left:1rem}@media print{nav{display:none}}`
const policy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`

const text = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** All papers of a meeting as one HTML file without any script, which opens where there is no network: texts, pictures, files, and the reader's own notes. */
export async function offlineFile({ file, papers }: Papers, reader: string): Promise<string> {
  let left = filesBytesMax
  const parts: string[] = []
  for (const [i, paper] of papers.entries()) {
    const files: string[] = []
    for (const one of paper.files) {
      left -= one.bytes
      files.push(left < 0 ? `<p><small>${text(one.name)}（檔案太大，沒有放進來）</small></p>` : await embedded(one))
    }
    parts.push(onePaper(paper, i + 1, files))
  }
  const title = `${file.title}會議資料`
  return `<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(title)}</title><style>${style}</style></head>
<body><h1>${text(title)}</h1><p>${rocLongDay(file.heldOn)} ${file.startsAt}　${text(file.place)}　主席 ${text(file.chair)}</p><p><small>${text(reader)} 下載，內部資料，看完請刪除。</small></p>
<nav aria-label="議程"><ol>${papers.map((paper) => `<li><a href="#item-${paper.id}">${text(paper.subject)}</a></li>`).join('')}</ol></nav>
<main>${parts.join('\n')}</main></body></html>
`
}

function onePaper(paper: Paper, place: number, files: string[]): string {
  const part = (title: string, words: string) => (words ? `<h3>${title}</h3><p>${text(words)}</p>` : '')
  return `<section id="item-${paper.id}"><h2>${place}. ${text(paper.subject)}</h2><p><small>${sectionName(paper.section)}　${text([paper.number, paper.unit].filter(Boolean).join('　'))}</small></p>${part('說明', paper.reason)}${part('擬辦', paper.proposal)}${part(paper.caseKind === 'regulation' ? '草案條文' : '紀錄', paper.draft)}${files.length ? `<h3>附件</h3>${files.join('')}` : ''}${paper.decision ? part('決議', decisionText(paper)) : ''}${paper.note ? `<aside>${part('我的筆記', paper.note)}</aside>` : ''}</section>`
}

async function embedded({ sha256, mediaType, name }: Paper['files'][number]): Promise<string> {
  const data = `data:${mediaType};base64,${(await readDocument(sha256)).toString('base64')}`
  return /^image\/(png|jpeg|webp|gif)$/.test(mediaType) ? `<p><img src="${data}" alt="${text(name)}"></p>` : `<p><a href="${data}" download="${text(name)}">${text(name)}</a></p>`
}
