import { expect, test } from 'vitest'
import { compareTexts } from './compare.ts'
import { redline } from './redline.ts'
import { emptyText, type LawText, type Unit } from './text.ts'

const law = (...units: [string, string][]): LawText => ({ ...emptyText('x'), units: units.map(([no, text]): Unit => ({ kind: 'article', no, text })) })
const seen = (before: LawText, after: LawText) => compareTexts(before, after).map(({ change, before: old, after: now }) => [change, now?.label ?? '', old?.label ?? ''])

test('each article stands beside what it was', () => {
  expect(seen(law(['1', '甲。'], ['2', '乙。'], ['3', '丙。']), law(['1', '甲。'], ['2', '乙修。'], ['2-1', '增。'], ['3', '（刪除）']))).toEqual([
    ['same', '第一條', '第一條'], ['changed', '第二條', '第二條'], ['added', '第二條之一', ''], ['deleted', '第三條', '第三條'],
  ])
})

test('an article under another number is named as moved, and what took its number as new', () => {
  expect(seen(law(['1', '甲。'], ['2', '乙。']), law(['1', '新。'], ['2', '甲。'], ['3', '乙。']))).toEqual([['added', '第一條', ''], ['moved', '第二條', '第一條'], ['moved', '第三條', '第二條']])
})

test('every unit of both stands in the table once', () => {
  const rows = compareTexts(law(['1', '甲。'], ['2', '乙。'], ['4', '丁。']), law(['2', '丁。'], ['3', '丙。'], ['5', '乙。']))
  expect(rows.flatMap(({ before }) => (before ? [before.label] : [])).toSorted()).toEqual(['第一條', '第二條', '第四條'].toSorted())
  expect(rows.flatMap(({ after }) => (after ? [after.label] : []))).toEqual(['第二條', '第三條', '第五條'])
})

test('a redline gives back both sides', () => {
  for (const [before, after] of [['本府應於三十日內辦理。', '本府應於六十日內辦理完成。'], ['甲', ''], ['', '乙'], ['同', '同'], ['一、甲。\n二、乙。', '一、乙。\n二、甲。']]) {
    const runs = redline(before!, after!)
    expect(runs.filter(({ kind }) => kind !== 'added').map(({ text }) => text).join('')).toBe(before)
    expect(runs.filter(({ kind }) => kind !== 'removed').map(({ text }) => text).join('')).toBe(after)
  }
  expect(redline('應於三十日內', '應於六十日內')).toEqual([{ kind: 'same', text: '應於' }, { kind: 'removed', text: '三' }, { kind: 'added', text: '六' }, { kind: 'same', text: '十日內' }])
})
