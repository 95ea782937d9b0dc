import { expect, test } from 'vitest'
import { day } from '../time.ts'
import { compareDays } from './compare.ts'
import { articleOn, articleSpans, type Change, promulgatedBy, textOn, versionDays } from './dated.ts'
import { operationsBetween } from './difference.ts'
import { apply, type Operation, OperationFails, standingOf } from './operations.ts'
import { type Article, articlesOf, emptyText, type LawText, levels, placesOf, problemsOf, type Unit } from './text.ts'

const article = (no: string, text = `第${no}的條文。`): Article => ({ kind: 'article', no, text })
const law = (...units: Unit[]): LawText => ({ ...emptyText('示範自治條例'), units })
const on = (text: LawText, operations: Operation[]) => apply(standingOf(text), operations)

test('each operation does what it says and leaves what it was given', () => {
  const before = law({ kind: 'heading', level: '章', no: '1', title: '總則' }, article('1'), article('2'), article('3'))
  const copy = structuredClone(before)
  const { text } = on(before, [
    { do: 'replace-article', no: '1', text: '新。' },
    { do: 'delete-article', no: '2' },
    { do: 'insert', unit: article('2-1', '增。'), after: '2' },
    { do: 'replace-heading', place: '1章', heading: { kind: 'heading', level: '章', no: '1', title: '通則' } },
    { do: 'renumber', moves: [['3', '4']] },
    { do: 'rename', name: '新名' },
    { do: 'attach', attachment: { name: '附表一', text: '甲│乙' } },
  ])
  expect(text.name).toBe('新名')
  expect(text.units.map((unit) => (unit.kind === 'article' ? `${unit.no} ${unit.text}` : unit.title))).toEqual(['通則', '1 新。', '2 （刪除）', '2-1 增。', '4 第3的條文。'])
  expect(text.attachments).toHaveLength(1)
  expect(before).toEqual(copy)
})

test('two articles change their numbers without disturbing each other', () => {
  expect(articlesOf(on(law(article('5', '五。'), article('6', '六。')), [{ do: 'renumber', moves: [['5', '6'], ['6', '7']] }]).text)).toEqual([article('6', '五。'), article('7', '六。')])
})

test.each<[string, Operation, string]>([
  ['replace what is not there', { do: 'replace-article', no: '9', text: '甲。' }, '沒有第九條可以修正'],
  ['insert what is there', { do: 'insert', unit: article('1'), after: null }, '已經有第一條，不能再增訂'],
  ['renumber onto another', { do: 'renumber', moves: [['1', '2']] }, '變更條次後第二條會有兩個'],
  ['remove a heading that is not there', { do: 'remove', place: '9章' }, '沒有「9章」可以刪去'],
])('it is refused to %s', (_, operation, why) => {
  expect(() => on(law(article('1'), article('2')), [operation])).toThrow(new OperationFails(operation, why))
})

test('suspension may be of the whole or of articles, and ends the same way', () => {
  const text = law(article('1'), article('2'))
  expect(on(text, [{ do: 'suspend', articles: ['2'] }]).suspended).toEqual(['2'])
  expect(on(text, [{ do: 'suspend', articles: null }, { do: 'resume', articles: ['1'] }]).suspended).toEqual(['2'])
  expect(on(text, [{ do: 'suspend', articles: null }, { do: 'resume', articles: null }]).suspended).toEqual([])
})

const change = (id: number, promulgatedOn: string, effectiveOn: string | null, operations: Operation[], seq = 1): Change => ({ id, promulgatedOn: day(promulgatedOn), effectiveOn: effectiveOn ? day(effectiveOn) : null, seq, operations })
const enacted = change(1, '2020-01-01', '2020-01-03', [article('1'), article('2')].map((unit, i): Operation => ({ do: 'insert', unit, after: i ? String(i) : null })))

test('the text of a day is computed from what is in force then', () => {
  const amended = change(2, '2021-05-01', '2021-07-01', [{ do: 'replace-article', no: '1', text: '修。' }])
  const all = [enacted, amended]
  expect(textOn(all, day('2020-01-02')).state).toBe('none')
  expect(articleOn(all, '1', day('2021-06-30'))?.article.text).toBe('第1的條文。')
  expect(articleOn(all, '1', day('2021-07-01'))?.article.text).toBe('修。')
  expect(promulgatedBy(all, day('2021-05-01')).text.units[0]).toEqual(article('1', '修。'))
  expect(versionDays(all)).toEqual(['2020-01-03', '2021-07-01'])
})

test('two amendments of one day show one text, in their order', () => {
  const first = change(2, '2021-05-01', '2021-05-03', [{ do: 'replace-article', no: '1', text: '甲。' }, { do: 'replace-article', no: '2', text: '乙。' }], 1)
  const second = change(3, '2021-05-01', '2021-05-03', [{ do: 'replace-article', no: '2', text: '丙。' }], 2)
  for (const order of [[enacted, first, second], [second, enacted, first]]) {
    expect(articlesOf(textOn(order, day('2021-05-03')).text).map(({ text }) => text)).toEqual(['甲。', '丙。'])
  }
})

test('an amendment made later but in force earlier is not undone when the earlier one takes effect', () => {
  const early = change(2, '2021-01-01', '2021-07-01', [{ do: 'replace-article', no: '1', text: '早修。' }, { do: 'insert', unit: article('3', '早增。'), after: '2' }])
  const late = change(3, '2021-03-01', '2021-03-03', [{ do: 'replace-article', no: '1', text: '晚修。' }, { do: 'insert', unit: article('4', '晚增。'), after: '3' }])
  const all = [enacted, early, late]
  expect(articlesOf(textOn(all, day('2021-04-01')).text).map(({ no, text }) => no + text)).toEqual(['1晚修。', '2第2的條文。', '4晚增。'])
  expect(articlesOf(textOn(all, day('2021-07-01')).text).map(({ no, text }) => no + text)).toEqual(['1晚修。', '2第2的條文。', '3早增。', '4晚增。'])
})

test('a repealed law has no articles; a day without effect changes nothing', () => {
  const all = [enacted, change(2, '2021-01-01', null, [{ do: 'repeal' }]), change(3, '2022-01-01', '2022-01-03', [{ do: 'repeal' }])]
  expect(textOn(all, day('2021-12-31')).state).toBe('in-force')
  expect(textOn(all, day('2022-01-03')).state).toBe('repealed')
  expect(articleOn(all, '1', day('2022-01-03'))).toBeNull()
  expect(articleSpans(all).get('1')).toMatchObject([{ from: '2020-01-03', until: '2022-01-03' }])
})

/** A stream of numbers of our own: the same laws each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function randomText(draw: (below: number) => number, from?: LawText): LawText {
  const words = from ? articlesOf(from).map(({ text }) => text) : []
  const nos = Array.from({ length: draw(14) }, () => (draw(4) ? String(1 + draw(12)) : `${1 + draw(12)}-${1 + draw(2)}`))
  const articles = [...new Set(nos)].map((no): Article => {
    const text = draw(5) === 0 ? '（刪除）' : words.length && draw(2) ? words[draw(words.length)]! : `條文 ${draw(9)}。`
    return { kind: 'article', no, ...(draw(6) ? {} : { caption: `旨 ${draw(3)}` }), text }
  })
  const units: Unit[] = draw(4) ? articles.toSorted((a, b) => parseFloat(a.no.replace('-', '.')) - parseFloat(b.no.replace('-', '.'))) : articles
  for (let i = draw(5); i > 0; i--) {
    const heading: Unit = { kind: 'heading', level: levels[draw(3)]!, no: String(1 + draw(3)), title: `標題 ${draw(4)}` }
    const at = draw(units.length + 1)
    if (!placesOf(units.toSpliced(at, 0, heading)).some((place, k, all) => all.indexOf(place) !== k)) units.splice(at, 0, heading)
  }
  return { name: draw(5) ? '甲' : '乙', form: draw(9) ? 'article' : 'point', preamble: draw(3) ? '' : '前言', units, attachments: draw(4) ? [] : [{ name: `附表${draw(2)}`, text: `表 ${draw(3)}` }] }
}

test('whatever two texts there are, the operations between them give the second, and a history of them replays to every text', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const draw = numbers(seed)
    const texts = [emptyText('')]
    for (let i = 0; i < 4; i++) texts.push(randomText(draw, texts.at(-1)))
    const changes = texts.slice(1).map((text, i) => change(i + 1, `20${20 + i}-01-01`, `20${20 + i}-01-03`, operationsBetween(texts[i]!, text)))
    changes.forEach(({ effectiveOn }, i) => expect(textOn(changes, effectiveOn!).text).toEqual(texts[i + 1]))
    for (const [no, spans] of articleSpans(changes)) {
      for (const span of spans) expect(articleOn(changes, no, span.from)!.article).toEqual(span.article)
    }
  }
})

test('the same text needs no operation; a whole law renumbered is one', () => {
  const draw = numbers(7)
  const text = randomText(draw)
  expect(operationsBetween(text, structuredClone(text))).toEqual([])
  expect(operationsBetween(law(article('1', '甲。'), article('2', '乙。')), law(article('2', '甲。'), article('3', '乙。')))).toEqual([{ do: 'renumber', moves: [['1', '2'], ['2', '3']] }])
  expect(problemsOf(law(article('1'), article('2')))).toEqual([])
})

test('an article declared void keeps its words and binds nobody from that day; new words bind again', () => {
  const base: LawText = { ...emptyText('法'), units: [article('1'), article('2')] }
  const change = (promulgatedOn: string, seq: number, operations: Operation[]): Change => ({ id: seq, promulgatedOn: day(promulgatedOn), effectiveOn: day(promulgatedOn), seq, operations })
  const changes = [change('2020-01-01', 1, operationsBetween(emptyText(''), base)), change('2021-01-01', 2, [{ do: 'void', articles: ['2'] }]), change('2022-01-01', 3, [{ do: 'replace-article', no: '2', text: '改過。' }])]
  const silent = (on: string) => articleOn(changes, '2', day(on))?.silent
  expect([silent('2020-12-31'), silent('2021-01-01'), silent('2022-01-01')]).toEqual([null, 'void', null])
  expect(articleSpans(changes).get('2')!.map(({ from, until }) => [from, until])).toEqual([['2020-01-01', '2021-01-01'], ['2022-01-01', null]])
  expect(compareDays(textOn(changes, day('2020-12-31')), textOn(changes, day('2021-01-01'))).map((row) => [row.after?.label, row.change])).toEqual([['第一條', 'same'], ['第二條', 'void']])
  expect(() => on(base, [{ do: 'void', articles: ['9'] }])).toThrow(OperationFails)
  expect(on(base, [{ do: 'void', articles: ['2'] }, { do: 'renumber', moves: [['2', '3']] }]).voided).toEqual(['3'])
})

test('a law with a last day is over on the day after by itself, unless that day was put off before', () => {
  const base: LawText = { ...emptyText('法'), units: [article('1')] }
  const enacted: Change = { id: 1, promulgatedOn: day('2020-01-01'), effectiveOn: day('2020-01-03'), seq: 1, operations: [...operationsBetween(emptyText(''), base), { do: 'end-on', day: day('2020-12-31') }] }
  expect([textOn([enacted], day('2020-12-31')).state, textOn([enacted], day('2021-01-01')).state]).toEqual(['in-force', 'lapsed'])
  expect(versionDays([enacted])).toEqual(['2020-01-03', '2021-01-01'])
  expect(articleSpans([enacted]).get('1')![0]).toMatchObject({ from: '2020-01-03', until: '2021-01-01' })
  const putOff: Change = { id: 2, promulgatedOn: day('2020-11-01'), effectiveOn: day('2020-11-03'), seq: 1, operations: [{ do: 'end-on', day: day('2022-12-31') }] }
  expect([textOn([enacted, putOff], day('2021-01-01')).state, textOn([enacted, putOff], day('2023-01-01')).state]).toEqual(['in-force', 'lapsed'])
  expect(versionDays([enacted, putOff])).toEqual(['2020-01-03', '2020-11-03', '2023-01-01'])
})
