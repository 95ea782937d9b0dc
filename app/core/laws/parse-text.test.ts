import { expect, test } from 'vitest'
import { parseText } from './parse-text.ts'
import { printText } from './print-text.ts'
import { articlesOf, type LawText } from './text.ts'

const nosOf = (text: LawText) => articlesOf(text).map(({ no }) => no)

test('articles in every form that county sites use', () => {
  const { text, problems } = parseText('第一條　為管理示範場地，特制定本自治條例。\n第　二　條 甲。\n第\u00a03\u00a0條\n乙。\n第 4\n條\n丙。\n第16條之1\n丁。\n第十六條之二（刪除）\n第 16-3 條\n戊。\n第１７條\n己。', '示範自治條例')
  expect(nosOf(text)).toEqual(['1', '2', '3', '4', '16-1', '16-2', '16-3', '17'])
  expect(articlesOf(text).map(({ text: words }) => words)).toEqual(['為管理示範場地，特制定本自治條例。', '甲。', '乙。', '丙。', '丁。', '（刪除）', '戊。', '己。'])
  expect(problems).toEqual([])
})

test('headings stand between articles, with 之一 and a caption of an article', () => {
  const { text } = parseText('第一章　總則\n第一條（立法目的）\n甲。\n第 二 章　使用\n第 一 節 申請\n第二條\n乙。\n第二章之一　收費\n第二條之一\n丙。', 'x')
  expect(text.units).toEqual([
    { kind: 'heading', level: '章', no: '1', title: '總則' },
    { kind: 'article', no: '1', caption: '立法目的', text: '甲。' },
    { kind: 'heading', level: '章', no: '2', title: '使用' },
    { kind: 'heading', level: '節', no: '1', title: '申請' },
    { kind: 'article', no: '2', text: '乙。' },
    { kind: 'heading', level: '章', no: '2-1', title: '收費' },
    { kind: 'article', no: '2-1', text: '丙。' },
  ])
})

test('lines broken at a fixed width are put together, 項 and 款 stay apart', () => {
  const { text } = parseText('第 3 條\n本處設下列各課,分掌有關事項:\n一、第一課:掌理有關工程、財物、勞務採購業務。\n二、第二課:掌理印信、文書、檔案、庶務、出納及其他綜合業務等事項\n。\n前項各課之員額,由本處定之。', 'x')
  expect(articlesOf(text)[0]!.text.split('\n')).toEqual(['本處設下列各課,分掌有關事項:', '一、第一課:掌理有關工程、財物、勞務採購業務。', '二、第二課:掌理印信、文書、檔案、庶務、出納及其他綜合業務等事項。', '前項各課之員額,由本處定之。'])
})

test('a sentence that goes on with an article is no new article', () => {
  const { text } = parseText('第一條\n依地方制度法\n第十八條第一項規定訂定之。\n第二條\n甲。', 'x')
  expect(nosOf(text)).toEqual(['1', '2'])
  expect(articlesOf(text)[0]!.text).toBe('依地方制度法第十八條第一項規定訂定之。')
})

test('directions have points; 一、 within a point begins anew and stays in it', () => {
  const { text, problems } = parseText('一、為執行業務，特訂定本要點。\n二、辦理事項如下：\n（一）收件。\n（二）審查。\n三、本要點自即日生效。\n三之一、補充事項。\n四、完。', '示範要點')
  expect(text.form).toBe('point')
  expect(nosOf(text)).toEqual(['1', '2', '3', '3-1', '4'])
  expect(articlesOf(text)[1]!.text).toBe('辦理事項如下：\n（一）收件。\n（二）審查。')
  expect(problems).toEqual([])
})

test('what cannot be right is said', () => {
  expect(parseText('隨便一段文字', 'x').problems[0]).toContain('讀不出條文')
  expect(parseText('第一條\n甲。\n第一條\n乙。', 'x').problems).toEqual(['「第一條」出現兩次'])
  expect(parseText('第二條\n甲。\n第一條\n乙。', 'x').problems).toEqual(['第一條排在第二條後面，請確認順序'])
  expect(parseText('第一條\n第二條\n乙。', 'x').problems).toEqual(['第一條沒有條文'])
})

test('a drawn table keeps its lines', () => {
  const table = '┌──┬──┐\n│甲│乙│\n└──┴──┘'
  expect(articlesOf(parseText(`第一條\n收費如下：\n${table}`, 'x').text)[0]!.text).toBe(`收費如下：\n${table}`)
})

test('what is printed is read back', () => {
  const pasted = '本府一百十年訂定。\n第一章　總則\n第一條（目的）\n甲：\n一、乙。\n（一）丙。\n二、丁。\n戊。\n第二條之一\n（刪除）\n第二章　附則\n第三條\n己。'
  const { text } = parseText(pasted, 'x')
  expect(parseText(printText(text), 'x').text).toEqual(text)
})
