import { expect, test } from 'vitest'
import { findCitations } from './citations.ts'
import { partsOf } from './structure.ts'

const names = ['訴願法', '民法', '行政程序法', '個人資料保護法', '個資法']
const found = (text: string, isOfLaw = false) => findCitations(text, { names, isOfLaw }).map(({ start, end, law, article, paragraph, subparagraph, item }) => [text.slice(start, end), law, [article, paragraph, subparagraph, item].filter((part) => part !== undefined).join('.')])

test('an article by every way of writing it', () => {
  expect(found('依訴願法第14條第1項及民法第一千一百三十八條規定')).toEqual([['訴願法第14條第1項', '訴願法', '14.1'], ['民法第一千一百三十八條', '民法', '1138']])
  expect(found('訴願法 §14 II；行政程序法第 159 條第 2 項第 2 款')).toEqual([['訴願法 §14 II', '訴願法', '14.2'], ['行政程序法第 159 條第 2 項第 2 款', '行政程序法', '159.2.2']])
  expect(found('個資法第十六條之一第二項第三款第四目')).toEqual([['個資法第十六條之一第二項第三款第四目', '個資法', '16-1.2.3.4']])
  expect(found('訴願法第77-1條')).toEqual([['訴願法第77-1條', '訴願法', '77-1']])
})

test('articles that follow go on with the law before them, 同法 too', () => {
  expect(found('民法第一條、第二條及第三條之一')).toEqual([['民法第一條', '民法', '1'], ['第二條', '民法', '2'], ['第三條之一', '民法', '3-1']])
  expect(found('訴願法第一條規定，並準用同法第五條')).toEqual([['訴願法第一條', '訴願法', '1'], ['同法第五條', '訴願法', '5']])
})

test('a bare § is of the law named before it, 施行細則 of that law’s; a paper that nobody knows is no link', () => {
  expect(found('不受理（訴願法 §77 ②）；機關得撤銷（§80）')).toEqual([['訴願法 §77', '訴願法', '77'], ['§80', '訴願法', '80']])
  const more = (text: string) => findCitations(text, { names: ['採購法', '採購法施行細則'] }).map(({ law, article }) => `${law} ${article}`)
  expect(more('採購法 §75 I ②；施行細則 §104')).toEqual(['採購法 75', '採購法施行細則 104'])
  expect(more('採購法 §75、採購申訴審議規則 §25')).toEqual(['採購法 75'])
  expect(more('某某自治條例 §3')).toEqual([])
})

test('the law itself is meant only within a law', () => {
  expect(found('本自治條例第三條及第五條')).toEqual([])
  expect(found('本自治條例第三條及第五條；違反第七條第一項者', true)).toEqual([['本自治條例第三條', null, '3'], ['第五條', null, '5'], ['第七條第一項', null, '7.1']])
  expect(found('某某契約第三條')).toEqual([])
})

test('項, 款 and 目 of an article by its lines', () => {
  expect(partsOf('下列事項：\n一、甲：\n（一）子。\n（二）丑。\n二、乙。\n前項之規定。')).toEqual([
    { kind: 'paragraph', label: '', no: 1, text: '下列事項：', parts: [
      { kind: 'subparagraph', label: '一、', no: 1, text: '甲：', parts: [{ kind: 'item', label: '（一）', no: 1, text: '子。', parts: [] }, { kind: 'item', label: '（二）', no: 2, text: '丑。', parts: [] }] },
      { kind: 'subparagraph', label: '二、', no: 2, text: '乙。', parts: [] },
    ] },
    { kind: 'paragraph', label: '', no: 2, text: '前項之規定。', parts: [] },
  ])
})
