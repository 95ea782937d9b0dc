import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { composeReport, periodText } from './compose.ts'
import { type Block, textOf } from './model.ts'
import { sampleResolver, sampleSource, sampleVocabulary } from './testing/sample.ts'

async function blocksOf(text: string): Promise<Block[]> {
  const source = { ...sampleSource, sections: [{ ...sampleSource.sections[1]!, text }], closing: null }
  return (await composeReport(source, sampleVocabulary, sampleResolver)).document.sections[0]!.blocks
}

test('the numbers stand in the text with their units', async () => {
  const [block] = await blocksOf('受理 {{petitions.received}}，結案率 **{{petitions.closed_rate}}**。')
  expect(block).toMatchObject({ type: 'paragraph' })
  expect(textOf((block as Extract<Block, { type: 'paragraph' }>).inlines)).toBe('受理407 件，結案率99.51 %。')
})

test('a figure without records says so in its place', async () => {
  const [block] = await blocksOf('召開 {{meetings.executive}} 主管會報')
  expect(textOf((block as Extract<Block, { type: 'paragraph' }>).inlines)).toBe('召開（本項尚無系統紀錄）主管會報')
})

test('a typed number keeps who typed it and when', async () => {
  const [block] = await blocksOf('{{plans.annual.requested_twd|億}}')
  expect((block as Extract<Block, { type: 'paragraph' }>).inlines[0]).toMatchObject({
    type: 'figure', text: '97 億餘元', source: 'typed', typed: { by: '試 <一>', at: new Date('2021-11-02T01:05:00Z') },
  })
})

test('a chart has its numbers beside it, and its total is the figure itself', async () => {
  const [block] = await blocksOf('::圖表 petitions.received petitions.closed 依=月 標題=各月')
  if (block?.type !== 'chart') throw new Error('no chart')
  expect(block.label).toBe('圖 8-1')
  expect(block.categories).toEqual(['4月', '5月', '6月', '7月', '8月', '9月'])
  expect(block.series.map(({ values }) => values.reduce<number>((all, each) => all + (each ?? 0), 0))).toEqual([407, 405])
  expect(block.table.total?.map(textOf)).toEqual(['合計', '407', '405'])
  expect(block.table.rows[0]?.map(textOf)).toEqual(['110年4月', '61', '61'])
  expect(block.alt).toContain('6月 81 件')
})

test('units are drawn from the most to the least, but listed in the order of the office', async () => {
  const [chart, table] = await blocksOf('::圖表 petitions.received 依=單位 標題=圖\n::表格 petitions.received 依=單位 標題=表')
  expect(chart).toMatchObject({ type: 'chart' })
  const values = (chart as Extract<Block, { type: 'chart' }>).series[0]!.values
  expect(values).toEqual([...values].sort((a, b) => b! - a!))
  expect(table).toMatchObject({ type: 'table', label: '表 8-1' })
})

test('a chart of a figure without records says so instead of drawing nothing', async () => {
  expect(await blocksOf('::圖表 meetings.executive 依=月 標題=主管會報')).toEqual([
    { type: 'missing', label: '圖 8-1', caption: '主管會報', sentence: '（本項尚無系統紀錄）' },
  ])
})

test('a figure that cannot be split so is reported to the officer', async () => {
  const source = { ...sampleSource, sections: [{ ...sampleSource.sections[1]!, text: '::圖表 petitions.received 依=鄉鎮' }] }
  const { problems } = await composeReport(source, sampleVocabulary, sampleResolver)
  expect(problems.get('s08')?.[0]?.message).toContain('不能這樣拆分')
})

test('every figure is explained once, in order of first appearance', async () => {
  const { document } = await composeReport(sampleSource, sampleVocabulary, sampleResolver)
  const ids = document.figures.map((each) => each.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids[0]).toBe('plans.programme.interim_report_review_on')
  expect(document.figures.find((each) => each.id === 'meetings.executive')).toMatchObject({ source: 'none', text: '（本項尚無系統紀錄）' })
})

test('signs that hide or turn text never reach the page', async () => {
  const [block] = await blocksOf('付款\u202e100\u2066元\u0000𠮷堃')
  expect(textOf((block as Extract<Block, { type: 'paragraph' }>).inlines)).toBe('付款100元𠮷堃')
})

test('a period of whole months is told in months', () => {
  expect(periodText({ from: day('2021-04-01'), to: day('2021-09-30') })).toBe('110年4月至9月')
  expect(periodText({ from: day('2021-04-01'), to: day('2021-04-30') })).toBe('110年4月')
  expect(periodText({ from: day('2021-10-01'), to: day('2022-03-31') })).toBe('110年10月至111年3月')
  expect(periodText({ from: day('2021-04-09'), to: day('2021-09-30') })).toBe('民國110年4月9日至民國110年9月30日')
})

test('a rate over no cases at all is not called a missing record', async () => {
  const resolver = { ...sampleResolver, figure: async (id: string) => ({ ...(await sampleResolver.figure(id)), value: null, source: 'cases' as const }) }
  const source = { ...sampleSource, sections: [{ ...sampleSource.sections[1]!, text: '{{petitions.closed_rate}}' }], closing: null }
  const [block] = (await composeReport(source, sampleVocabulary, resolver)).document.sections[0]!.blocks
  expect(block).toMatchObject({ inlines: [{ type: 'figure', text: '（尚無可計算的案件）', source: 'cases' }] })
})
