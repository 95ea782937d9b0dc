import { expect, test } from 'vitest'
import { sampleVocabulary } from '../testing/sample.ts'
import { parseText } from './parse.ts'

const parse = (text: string) => parseText(text, sampleVocabulary)
const messages = (text: string) => parse(text).problems.map((each) => each.message)

test('an officer writes headings, paragraphs, nested lists and strong words', () => {
  const { blocks, problems } = parse('## 小標\n\n第一行\n第二行 **要緊**\n\n- 甲\n  - 乙\n- 丙')
  expect(problems).toEqual([])
  expect(blocks).toEqual([
    { type: 'heading', level: 1, inlines: [{ type: 'text', text: '小標' }] },
    { type: 'paragraph', inlines: [{ type: 'text', text: '第一行第二行 ' }, { type: 'strong', children: [{ type: 'text', text: '要緊' }] }] },
    {
      type: 'list',
      items: [
        { inlines: [{ type: 'text', text: '甲' }], children: [{ inlines: [{ type: 'text', text: '乙' }], children: [] }] },
        { inlines: [{ type: 'text', text: '丙' }], children: [] },
      ],
    },
  ])
})

test('a figure is named in double braces, with the form it is printed in', () => {
  const { blocks, problems } = parse('計 {{petitions.received|數字}} 件，{{期間}}')
  expect(problems).toEqual([])
  expect(blocks[0]).toMatchObject({
    inlines: [{ text: '計 ' }, { type: 'placeholder', id: 'petitions.received', format: 'number', at: { line: 1, column: 3 } }, { text: ' 件，' }, { type: 'word', word: 'period' }],
  })
})

test('an unknown figure is pointed at, and the nearest are named', () => {
  const [problem] = parse('第一段\n\n共 {{petitions.recieved}} 件').problems
  expect(problem).toMatchObject({ line: 3, column: 3, length: 22, severity: 'error' })
  expect(problem!.message).toContain('petitions.received（三信箱收件數）')
})

test('an officer who writes the Chinese name of a figure is told how it is called', () => {
  expect(messages('{{結案率}}')[0]).toContain('petitions.closed_rate')
})

test('an unknown or unfitting form is explained', () => {
  expect(messages('{{petitions.received|羅馬數字}}')[0]).toContain('百分比')
  expect(messages('{{petitions.received|百分比}}')[0]).toContain('不是比率')
})

test('what cannot be understood is printed as it stands, and never lost', () => {
  const { blocks } = parse('甲 {{沒有這個}} 乙 {{petitions.received')
  expect(blocks).toEqual([
    { type: 'paragraph', inlines: [{ type: 'text', text: '甲 ' }, { type: 'text', text: '{{沒有這個}}' }, { type: 'text', text: ' 乙 {{petitions.received' }] },
  ])
})

test('a backslash makes a sign plain', () => {
  expect(parse('\\{{不是指標}} \\**星').blocks).toEqual([{ type: 'paragraph', inlines: [{ type: 'text', text: '{{不是指標}} **星' }] }])
  expect(messages('\\{{不是指標}} \\**星').length).toBeLessThanOrEqual(1)
})

test('a chart is asked for in one line, in Chinese or in English', () => {
  expect(parse('::圖表 petitions.received petitions.closed 依=月 樣式=折線 標題=各月 收件').blocks).toEqual([
    { type: 'figure-chart', ids: ['petitions.received', 'petitions.closed'], by: 'month', kind: 'line', caption: '各月 收件', at: { line: 1, column: 1 } },
  ])
  expect(parse('::chart petitions.received by=unit kind=bar caption=Units').blocks).toMatchObject([{ by: 'unit', kind: 'bar', caption: 'Units' }])
})

test('a line that asks for something unknown is refused with the choices', () => {
  expect(messages('::圓餅 petitions.received')[0]).toContain('::圖表')
  expect(messages('::圖表 petitions.received 依=星座')[0]).toContain('鄉鎮')
  expect(messages('::圖表 petitions.received 顏色=紅 依=月')[0]).toContain('顏色')
  expect(messages('::圖表 petitions.received')[0]).toContain('依=月')
  expect(messages('::圖片 p1')[0]).toContain('標題')
  expect(messages('::圖片 p9 標題=x')[0]).toContain('p9')
})

test('a table keeps figures with forms in its cells', () => {
  const { blocks, problems } = parse('::標題 期限\n| 案件 | 件數 |\n|---|---:|\n| 陳情 | {{petitions.received|數字}} |\n| a\\|b | |')
  expect(problems).toEqual([])
  expect(blocks[0]).toMatchObject({
    type: 'table',
    caption: '期限',
    columns: [{ heading: '案件', numeric: false }, { heading: '件數', numeric: true }],
    rows: [[[{ text: '陳情' }], [{ type: 'placeholder' }]], [[{ text: 'a|b' }], []]],
  })
})

test('whatever is pasted in, the text is read without an error thrown', () => {
  const pieces = ['{{', '}}', '**', '|', '\n', '::', '::圖表 ', '# ', '- ', '  - ', '> ', '\\', '\u0000', '\u202e', '𠮷', '依=', '|---|', 'petitions.received', ' ', '中']
  let seed = 7
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
  for (let i = 0; i < 2000; i++) {
    const text = Array.from({ length: 1 + Math.floor(next() * 30) }, () => pieces[Math.floor(next() * pieces.length)]).join('')
    const { problems } = parse(text)
    for (const problem of problems) expect(problem.line).toBeLessThanOrEqual(text.split('\n').length)
  }
})

test('a very long section is read in time and the officer is told that the rest is left out', () => {
  const started = Date.now()
  const { problems } = parse('- 陳情{{petitions.received}}\n'.repeat(20_000))
  expect(problems[0]!.message).toContain('分成兩章')
  expect(Date.now() - started).toBeLessThan(5000)
})
