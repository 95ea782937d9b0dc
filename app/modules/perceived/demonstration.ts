import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { dayOf, rocYear } from '../../core/time.ts'
import { judgeText, writeText } from './publish.ts'
import { addEvidence } from './steps.ts'
import './tables.ts'

type Who = { editor: Caller; control: Caller; /** of the unit that leads */ officer: Caller }

/** Some finished items of the officer's unit have pictures before and after; two of ROC 110 and one of this year are shown to the public; one text waits for approval. What is there already is left alone. */
export async function showSome({ editor, control, officer }: Who, now: Date): Promise<void> {
  const { db } = editor
  if (await db.selectFrom('perceived_texts').select('id').limit(1).executeTakeFirst()) return
  const unitId = officer.person!.posts[0]!.unitId
  const own = (year: number, count: number) => db.selectFrom('cases as c').innerJoin('perceived_items as i', 'i.id', 'c.id').select(['c.id', 'c.number', 'c.title', 'c.township']).where('i.roc_year', '=', year).where('c.outcome', '=', 'done').where('c.unit_id', '=', unitId).orderBy('c.number').limit(count).execute()
  const done = await own(110, 6)
  const shown = [...done.slice(0, 2), ...(await own(rocYear(dayOf(now)), 1))]
  for (const [i, { id, number, title, township }] of [...shown, ...done.slice(2)].entries()) {
    for (const which of ['before', 'after'] as const) valueOf(await addEvidence({ ...officer, now }, { name: number, kind: which, files: [{ filename: `${which}.png`, bytes: await draw(which, i) }] }))
    if (i >= shown.length) continue
    const files = await db.selectFrom('case_documents').select(['id', 'kind']).where('case_id', '=', id).execute()
    const picture = (which: string) => String(files.find(({ kind }) => kind === which)!.id)
    valueOf(await writeText({ ...officer, now }, { name: number, title, before: picture('before'), after: picture('after'), noBefore: '', noAfter: '', text: `${township ?? '全縣'}的鄉親常說這裡不好走、晚上看不清楚。\n\n我們重新整理路面，補上照明與植栽，也把排水一起做好。\n\n現在推嬰兒車、坐輪椅都能平順通過，晚上也安心。` }))
    valueOf(await judgeText({ ...control, now }, { name: number, decision: 'approve', reviewed: 'yes' }))
  }
  const waiting = (await own(111, 1))[0]
  if (waiting) valueOf(await writeText({ ...officer, now }, { name: waiting.number, title: waiting.title, before: '', after: '', noBefore: '開工前沒有留下照片。', noAfter: '完工照片拍到住戶門口，改以文字說明。', text: '施工期間大家多繞了路，現在完成了，走起來更順。' }))
}

/** An invented street by the sea, as it was and as it is. */
async function draw(which: 'before' | 'after', seed: number): Promise<Buffer> {
  const { createCanvas } = await import('@napi-rs/canvas')
  const [width, height] = [720, 480]
  const canvas = createCanvas(width, height)
  const at = canvas.getContext('2d')
  const isAfter = which === 'after'
  const fill = (style: string, ...box: [number, number, number, number]) => { at.fillStyle = style; at.fillRect(...box) }
  fill(isAfter ? '#bfe0ea' : '#c9cdd0', 0, 0, width, 190)
  fill(isAfter ? '#5f9fb0' : '#8797a0', 0, 170, width, 60)
  fill(isAfter ? '#8fb37a' : '#a39c86', 0, 220, width, 260)
  at.fillStyle = isAfter ? '#d9cdb8' : '#8d8780'
  at.beginPath(); at.moveTo(250, 230); at.lineTo(440, 230); at.lineTo(660, height); at.lineTo(60, height); at.fill()
  for (let i = 0; i < 9; i++) {
    const [x, y] = [150 + ((i * 83 + seed * 41) % 400), 270 + ((i * 57 + seed * 29) % 190)]
    at.fillStyle = isAfter ? '#4d7f4a' : '#5e5a55'
    at.beginPath(); at.ellipse(isAfter ? (i % 2 ? 640 - i * 6 : 60 + i * 8) : x, y, isAfter ? 26 : 34, isAfter ? 30 : 9, 0, 0, Math.PI * 2); at.fill()
  }
  if (isAfter) for (const x of [120, 560]) { fill('#3f4a4f', x, 110, 8, 200); at.fillStyle = '#fff3c4'; at.beginPath(); at.arc(x + 4, 104, 16, 0, Math.PI * 2); at.fill() }
  return canvas.toBuffer('image/png')
}
