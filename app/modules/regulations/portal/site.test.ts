import { unzipSync } from 'fflate'
import { XMLValidator } from 'fast-xml-parser'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { write } from '../../../core/db.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../../core/errors.ts'
import { parseNationalLaw } from '../../../core/laws/parse-moj.ts'
import { saveNationalLaw } from '../../../core/laws/store.ts'
import { parseInstant } from '../../../core/time.ts'
import { endLaw, setLastDay } from '../end-law.ts'
import { importRows, makeOffice, serveForTests } from '../office-for-tests.ts'

const { db, url } = await createTestDatabase()
const office = await makeOffice(db)
const { app } = await serveForTests(db, url, () => parseInstant('110/12/1 09:00')!)
const page = async (path: string) => {
  const answer = await app.inject(path)
  return { status: answer.statusCode, type: answer.headers['content-type'], raw: answer.rawPayload, html: answer.body, text: answer.body.replace(/<script.*?<\/script>/gs, '').replace(/<[^>]+>/g, '').replace(/&amp;/g, '&') }
}

const first = { 案號: '法108-000001', 法規名稱: '示範縣公園管理自治條例', 法規代號: 'P1', 種類: '自治條例', 異動: '制定', 主管單位: '建設處', 分類: '建設', 公布日期: '108/3/4', 文號: '府法字第1號', 條文: '第一章　總則\n第一條\n依訴願法第一條及地方制度法第二十五條規定制定本自治條例。\n第二條\n違反第一條者，處罰鍰：\n一、甲。\n（一）乙。' }

beforeAll(async () => {
  await write(db, (tx) => saveNationalLaw(tx, parseNationalLaw({ 法規性質: '法律', 法規名稱: '訴願法', 法規網址: 'https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode=A0030020', 最新異動日期: '20120627', 法規內容: [{ 條號: '第 1 條', 條文內容: '人民得提起訴願。' }] })))
  await importRows(db, [
    first,
    { ...first, 案號: '法110-000002', 異動: '修正', 公布日期: '110/5/3', 說明: '提高罰鍰。', 條文: first.條文.replace('處罰鍰', '處新臺幣六千元罰鍰').replace('第二條', '第一條之一\n新增。\n第二條') },
    { ...first, 案號: '法110-000003', 法規代號: 'P2', 法規名稱: '內部作業要點', 種類: '行政規則', 異動: '訂定', 公開: '否', 條文: '一、祕密作業。' },
    { ...first, 案號: '法110-000004', 法規代號: 'P3', 法規名稱: '舊自治條例', 條文: '第一條\n舊。' },
    { ...first, 案號: '法110-000005', 法規代號: 'P3', 法規名稱: '舊自治條例', 異動: '廢止', 公布日期: '110/6/1', 條文: '' },
  ])
})

test('the list finds by name, kind, state and the words of articles as of a day', async () => {
  const all = await page('/regulations')
  expect(all.text).toContain('示範縣公園管理自治條例')
  expect(all.text).not.toContain('內部作業要點')
  expect(all.html).not.toContain('href="/regulations/A0030020"')
  expect((await page('/regulations?kind=national')).html).toContain('href="/regulations/A0030020"')
  expect((await page('/regulations?q=提起')).text).not.toContain('人民得提起訴願')
  expect((await page('/regulations?q=提起')).html).toContain('kind=national')
  expect((await page('/regulations?q=提起&kind=national')).text).toContain('人民得提起訴願')
  expect((await page('/regulations?state=repealed')).text).toContain('舊自治條例')
  expect((await page('/regulations?q=六千元')).text).toContain('條文裡有「六千元」的 1 條')
  expect((await page('/regulations?q=六千元&on=110/5/4')).text).toContain('沒有符合的法規')
  expect((await page(`/regulations?q=${encodeURIComponent('訴願法第1條')}`)).html).toContain('href="/regulations/A0030020/articles/1"')
  expect((await page('/regulations?q=祕密')).text).not.toContain('祕密作業')
})

test('a law reads as in force on the day asked for, with citations as of that day', async () => {
  expect((await page('/regulations/P1')).text).toContain('新增。')
  const then = await page('/regulations/P1?on=110-05-04')
  expect(then.text).not.toContain('新增。')
  expect(then.text).toContain('自 民國110年5月5日 起條文不同')
  expect(then.html).toContain('<a href="/regulations/A0030020/articles/1?on=2021-05-04">訴願法第一條</a>')
  expect(then.html).toContain('https://law.moj.gov.tw/LawClass/LawSingle.aspx?pcode=A0040003&amp;flno=25')
  expect(then.html).toContain('<a href="/regulations/P1/articles/1?on=2021-05-04">第一條</a>')
  expect((await page('/regulations/P1?on=100/1/1')).text).toContain('這一天還沒有生效的條文')
  const untold = (await page('/regulations/A0030020?on=100/1/1')).text
  expect([untold.includes('本系統沒有這一天的條文'), untold.includes('未收錄'), untold.includes('尚未生效')]).toEqual([true, true, false])
  expect((await page('/regulations/P3')).text).toContain('這個法規已經廢止')
  expect((await page('/regulations/P1?on=昨天')).text).toContain('讀不出日期')
})

test('an article has an address of its own, as of a day, and its history', async () => {
  expect((await page('/regulations/P1/articles/1-1')).text).toContain('示範縣公園管理自治條例第一條之一')
  expect((await page('/regulations/P1/articles/1-1?on=2020-01-01')).text).toContain('這一天沒有這一條')
  const changed = await page('/regulations/P1/articles/2')
  expect(changed.html).toContain('<ins>')
  expect((await page('/regulations/P1/articles/99')).status).toBe(404)
  expect((await page('/regulations/A0030020/articles/1?on=100/1/1')).text).toContain('本系統沒有這一天的條文')
})

test('two dates stand side by side', async () => {
  const { text } = await page('/regulations/P1/compare?from=110/5/4&to=110/5/5')
  expect(text).toContain('增訂')
  expect(text).toContain('第一條之一')
  expect((await page('/regulations/P1/compare?from=110/5/5&to=110/6/5')).text).toContain('兩邊的條文相同')
})

test('what is not public is not there, by any address', async () => {
  for (const path of ['/regulations/P2', '/regulations/P2/articles/1', '/regulations/P2/compare', '/regulations/P2/text.json', '/regulations/nothing', '/regulations/P1/text.exe', '/regulations/P1/text.constructor']) expect((await page(path)).status).toBe(404)
  expect((await page('/regulations/feed.atom')).text).not.toContain('內部')
})

test('the feed tells what was promulgated, all or of one regulation', async () => {
  const feed = await page('/regulations/feed.atom')
  expect(XMLValidator.validate(feed.html)).toBe(true)
  expect(feed.html).toContain('<title>修正公布「示範縣公園管理自治條例」</title>')
  expect((await page('/regulations/feed.atom?code=P3')).html.match(/<entry>/g)).toHaveLength(2)
})

test('exports are of the day asked for', async () => {
  const xml = (await page('/regulations/P1/text.xml?on=110/5/4')).html
  expect(XMLValidator.validate(xml)).toBe(true)
  expect(xml).toContain('<FRBRthis value="/akn/tw/act/2019-03-04/P1/zho@2019-03-06/!main"/>')
  expect(xml).toContain('<chapter eId="chp_1"><num>第一章</num><heading>總則</heading><article eId="art_1">')
  expect(xml).toContain('<point eId="art_2__para_1__list_1__point_1"><num>一、</num><intro><p>甲。</p></intro><list eId="art_2__para_1__list_1__point_1__list_1"><indent eId="art_2__para_1__list_1__point_1__list_1__indent_1"><num>（一）</num>')
  const json = JSON.parse((await page('/regulations/P1/text.json')).html)
  expect(json).toMatchObject({ code: 'P1', state: 'in-force', on: '2021-12-01' })
  expect(json.units.map((unit: { no?: string }) => unit.no ?? 'heading')).toEqual(['heading', '1', '1-1', '2'])
  expect(json.changes).toHaveLength(2)
  const odt = unzipSync((await page('/regulations/P1/text.odt')).raw)
  expect(Object.keys(odt)[0]).toBe('mimetype')
  expect(new TextDecoder().decode(odt['content.xml'])).toContain('第一條之一')
  const pdf = await page('/regulations/P1/text.pdf')
  expect(pdf.type).toBe('application/pdf')
  expect(pdf.raw.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.raw.toString('latin1')).toMatch(/\/Marked true/)
  expect((await page('/regulations/P1/text.pdf?on=100/1/1')).status).toBe(404)
  expect((await page('/regulations/P1/text.txt')).html).toContain('第一條之一\n新增。')
})

test('programs read the same by /api/v1: the list, a law as of a day, one article, and nothing that is not public', async () => {
  const ask = async (path: string) => {
    const answer = await page(`/api/v1/regulations${path}`)
    return { status: answer.status, body: JSON.parse(answer.html) }
  }
  const list = (await ask('?on=110-12-01')).body
  expect(list.items.map((one: { code: string }) => one.code).toSorted()).toEqual(['P1', 'P3'])
  expect(list.items.find((one: { code: string }) => one.code === 'P3')).toMatchObject({ repealed: true, lastChangedOn: '2021-06-01', url: '/regulations/P3' })
  const then = (await ask('/P1?on=110-05-04')).body
  expect(then).toMatchObject({ name: '示範縣公園管理自治條例', on: '2021-05-04', state: 'in-force' })
  expect(then.units.map((unit: { no?: string }) => unit.no ?? 'heading')).toEqual(['heading', '1', '2'])
  expect((await ask('/P1?on=110-05-05')).body.units).toHaveLength(4)
  expect((await ask('/P1?on=100-01-01')).body).toMatchObject({ state: 'none', units: [] })
  expect((await ask('/P1/articles/1-1?on=110-05-05')).body).toMatchObject({ label: '第一條之一', text: '新增。', url: '/regulations/P1/articles/1-1?on=2021-05-05' })
  expect((await ask('/P1/articles/1-1?on=110-05-04')).status).toBe(404)
  expect((await ask('/P2')).status).toBe(404)
  expect((await ask('/P1?on=昨天')).status).toBe(400)
})

test('a regulation declared void ends by that letter, one whose time is over on the day after; earlier days keep their text', async () => {
  const law = { ...office.law, db, now: parseInstant('110/11/1 09:00')! }
  const given = { code: 'P1', how: 'void', on: '110/10/20', documentNo: '內授字第1號', note: '牴觸地方制度法。' }
  await expect(endLaw({ ...office.officer, db }, given)).rejects.toThrow(NotAllowed)
  const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
  expect(codeOf(await endLaw(law, { ...given, documentNo: '' }))).toBe('regulation.no-document')
  expect(codeOf(await endLaw(law, { ...given, on: '110/11/2' }))).toBe('regulation.not-yet')
  expect(codeOf(await endLaw(law, { ...given, on: '110/5/1' }))).toBe('regulation.later-change')
  await expect(endLaw(law, { ...given, code: 'A0030020' })).rejects.toThrow(NotFound)
  expect(valueOf(await endLaw(law, given))).toEqual({ effectiveOn: '2021-10-20' })
  expect(codeOf(await endLaw(law, given))).toBe('regulation.repealed')
  expect((await page('/regulations/P1')).text).toContain('這個法規已經函告無效')
  expect((await page('/regulations/P1?on=110/10/19')).text).toContain('新增。')
  expect((await page('/regulations?state=repealed')).text).toContain('示範縣公園管理自治條例')
  expect((await page('/regulations?q=六千元')).text).not.toContain('條文裡有')
  await importRows(db, [{ ...first, 案號: '法110-000009', 法規名稱: '限時自治條例', 法規代號: 'P8' }])
  expect(valueOf(await endLaw(law, { ...given, code: 'P8', how: 'lapse', on: '110/10/31', documentNo: '' }))).toEqual({ effectiveOn: '2021-11-01' })
  expect((await page('/regulations/P8?on=110/10/31')).text).toContain('第一條')
  expect((await page('/regulations/P8')).text).toContain('施行期滿')
})

test('single articles declared void stay in the text with that note, in every form of it, and are no more found', async () => {
  await importRows(db, [{ ...first, 案號: '法110-000010', 法規名稱: '部分無效自治條例', 法規代號: 'P9', 條文: '第一條\n有效的規定。\n第二條\n牴觸的規定。' }])
  const law = { ...office.law, db, now: parseInstant('110/11/1 09:00')! }
  const given = { code: 'P9', how: 'void-articles', articles: '第二條', on: '110/10/20', documentNo: '內授字第2號', note: '牴觸地方制度法。' }
  const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
  expect(codeOf(await endLaw(law, { ...given, articles: '' }))).toBe('regulation.articles')
  expect(codeOf(await endLaw(law, { ...given, articles: '第九條' }))).toBe('regulation.no-article')
  expect(valueOf(await endLaw(law, given))).toEqual({ effectiveOn: '2021-10-20' })
  expect(codeOf(await endLaw(law, given))).toBe('regulation.void-already')
  const now = await page('/regulations/P9')
  expect(now.text).toContain('有效的規定')
  expect(now.text).toMatch(/第二條[^第]*函告無效[^第]*牴觸的規定/)
  expect((await page('/regulations/P9?on=110/10/19')).html).not.toContain('law-article__text"><p class="muted small">函告無效')
  expect((await page('/regulations/P9/compare?from=110/10/19&to=110/10/20')).text).toContain('函告無效')
  expect((await page('/regulations/P9/articles/2')).text).toContain('函告無效')
  expect((await page('/regulations/P9/text.txt')).text).toContain('第二條〔函告無效〕')
  expect((await page('/regulations/P9/text.xml')).raw.toString()).toContain('<num>第二條<remark status="editorial">（函告無效）</remark></num>')
  expect(JSON.parse((await page('/api/v1/regulations/P9/articles/2?on=110-10-20')).html)).toMatchObject({ void: true, suspended: false })
  expect((await page('/regulations?q=牴觸的')).text).not.toContain('條文裡有')
  const listed = (await page('/regulations?q=部分無效')).text
  expect(listed.slice(listed.indexOf('查詢'))).toMatch(/部分無效自治條例/)
})

test('a law for a time says until when; the day after, nobody having done anything, it is over in page, list and search', async () => {
  await importRows(db, [{ ...first, 案號: '法110-000011', 法規名稱: '防疫期間自治條例', 法規代號: 'P10', 施行期限: '110/12/31', 條文: '第一條\n防疫期間免收。' }])
  expect((await page('/regulations/P10')).text).toMatch(/施行期限至 110\/12\/31/)
  const after = await page('/regulations/P10?on=111/1/1')
  expect(after.text).toContain('施行期滿，當然廢止')
  expect(after.text).not.toContain('防疫期間免收。')
  expect((await page('/regulations?q=免收&on=111/1/1')).text).not.toContain('條文裡有')
  expect((await page('/regulations?state=repealed&on=111/1/1')).text).toContain('防疫期間自治條例')
  const law = { ...office.law, db, now: parseInstant('110/11/1 09:00')! }
  expect(valueOf(await setLastDay(law, { code: 'P10', endsOn: '110/11/30' }))).toEqual({ endsOn: '2021-11-30' })
  expect((await page('/regulations/P10')).text).toContain('施行期滿，當然廢止')
  expect(isRefusal(await setLastDay(law, { code: 'P10', endsOn: '110/11/30' }))).toBe(true)
  await expect(setLastDay({ ...office.officer, db }, { code: 'P10', endsOn: '' })).rejects.toThrow(NotAllowed)
  expect(valueOf(await setLastDay(law, { code: 'P10', endsOn: '' }))).toEqual({ endsOn: null })
  expect((await page('/regulations/P10')).text).toContain('防疫期間免收。')
})
