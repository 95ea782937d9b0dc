import { describe, expect, test } from 'vitest'
import { mask, maskFileName } from './mask.ts'
import { officePlaces, refuseUnmasked } from './refuse.ts'

const masked = (text: string, people: string[] = []) => mask(text, people).text

describe('numbers that identify somebody are removed whole', () => {
  test.each([
    ['我的身分證是A123456789，請查', '我的身分證是〔證號〕，請查'],
    ['身分證Ａ１２３４５６７８９', '身分證〔證號〕'],
    ['居留證 A800000014', '居留證 〔證號〕'],
    ['舊式居留證 AB12345678 也是', '舊式居留證 〔證號〕 也是'],
    ['a223456781', '〔證號〕'],
    ['護照號碼：312345678', '護照號碼：〔證號〕'],
    ['信箱 wang.da-ming+kh@mail.example.com.tw 謝謝', '信箱 〔電子郵件〕 謝謝'],
    ['寫給 ming(at)example.org 或 ming @ example.org', '寫給 〔電子郵件〕 或 〔電子郵件〕'],
    ['在 24°25\'55"N 118°19\'12"E 附近', '在 〔座標〕 〔座標〕 附近'],
    ['北緯24度25分55秒，東經118度19分12秒', '〔座標〕，〔座標〕'],
    ['LINE ID：ming_1970，臉書 https://www.facebook.com/ming.wang.1970 找我', 'LINE ID：〔帳號〕，臉書 〔帳號〕 找我'],
    ['請匯到帳號 012-345678901234', '請匯到帳號 〔帳號〕'],
    ['卡號 1234-5678-9012-3456', '卡號 〔卡號〕'],
    ['座標 24.436589, 118.317089 附近', '座標 〔座標〕 附近'],
    ['地號是金城段 1234-5地號', '地號是〔地號〕'],
  ])('%s', (text, expected) => expect(masked(text)).toBe(expected))
})

describe('telephone numbers, however they are written', () => {
  test.each([
    ['0912345678'], ['0912-345-678'], ['0912 345 678'], ['+886912345678'], ['+886-912-345-678'], ['0912.345.678'], ['0912/345/678'], ['０９１２－３４５－６７８'.replace('－', '-').replace('－', '-')],
    ['082-318823'], ['(082)318823'], ['(082) 31-8823'], ['082318823'], ['02-2345-6789'], ['(02)23456789'], ['0826-66123'], ['082-318823#1234'], ['082-318823 轉 123'], ['082-318823分機12'], ['0800-123-456'],
  ])('%s', (phone) => expect(masked(`請打${phone}找我`)).toBe('請打〔電話〕找我'))
  test('a local number after the word', () => expect(masked('電話：318823')).toBe('電話：〔電話〕'))
})

describe('what looks like a number but is none of theirs stays', () => {
  test.each([
    'LINE 官方帳號', '用 Line 通知', '見 https://www.kinmen.gov.tw/news/123 的公告', '坡度 15 度 30 分之內', '室溫 25度',
    '1999 專線', '統一編號 12345678', '中華民國110年9月27日', '2021-09-27 14:05', '預算 1,500,000 元', '第 30 條第 2 項', '案號 陳110-000123', 'PM2.5 超標', 'CNS-1234 標準', '5月20號來過', '3號碼頭', '民生路與民權路口第3號電線桿', '伯玉路二段第12號燈桿', '2號公車站', '路燈桿號 1024', '民生路口', '環島北路二段', '0.35 公頃', '110/04/09',
  ])('%s', (text) => expect(masked(text)).toBe(text))
})

describe('plates', () => {
  test.each([['ABC-1234'], ['1234-AB'], ['AB-1234'], ['abc-123'], ['A1-2345'], ['ＡＢＣ-1234']])('%s', (plate) => expect(masked(`那台${plate}常常`)).toBe('那台〔車牌〕常常'))
  test('without a dash, after the word', () => expect(masked('車號ABC1234')).toBe('車號〔車牌〕'))
  test('the word alone is no plate', () => expect(masked('車牌看不清楚')).toBe('車牌看不清楚'))
})

describe('birth dates', () => {
  test.each([
    ['民國50年3月2日生', '〔出生日期〕生'],
    ['50/3/2出生', '〔出生日期〕出生'],
    ['出生年月日：50.03.02', '出生年月日：〔出生日期〕'],
    ['生日是1961-03-02', '生日是〔出生日期〕'],
  ])('%s', (text, expected) => expect(masked(text)).toBe(expected))
  test('a day on which something took effect is none', () => expect(masked('自110年3月2日生效')).toBe('自110年3月2日生效'))
})

describe('addresses shrink to the township', () => {
  test.each([
    ['金門縣金城鎮民生路60號', '金城鎮〔地址〕'],
    ['住在金湖鎮山外里黃海路12巷3弄5號2樓', '住在金湖鎮〔地址〕'],
    ['金寧鄉湖埔村湖下12之3號', '金寧鄉〔地址〕'],
    ['金沙鎮光前里陽翟二十號', '金沙鎮〔地址〕'],
    ['烈嶼鄉林湖村2鄰東林街１２號', '烈嶼鄉〔地址〕'],
  ])('%s', (text, expected) => expect(masked(text)).toBe(expected))
  test('a road and number without a township leave only the word', () => expect(masked('民生路60號前')).not.toMatch(/60|號/))
  test('a lane alone is for the officer to judge', () => {
    const { text, review } = mask('民生路20巷的積水')
    expect(text).toBe('民生路20巷的積水')
    expect(review.map((one) => one.text)).toContain('20巷')
  })
})

describe('names', () => {
  test('the sender becomes surname and ○○, wherever the name stands', () => {
    expect(masked('我是王大明，王大明住這裡，王　大　明 敬上', ['王大明'])).toBe('我是王○○，王○○住這裡，王○○ 敬上')
  })
  test('the given name alone is the same person', () => expect(masked('大家都叫我大明', ['王大明'])).toBe('大家都叫我王○○'))
  test('two people of one surname are told apart, the same person never', () => {
    expect(masked('王大明和王小華都在，王大明先走', ['王大明', '王小華'])).toBe('王○○和王○○（2）都在，王○○先走')
  })
  test('a surname of two characters stays whole', () => expect(masked('歐陽美玲女士', ['歐陽美玲'])).toBe('歐陽○○女士'))
  test('a name of two characters', () => expect(masked('林明說', ['林明'])).toBe('林○○說'))
  test('foreign names are replaced whole, whatever the case', () => {
    expect(masked('I am Maria  Santos. maria santos', ['Maria Santos'])).toBe('I am 某人. 某人')
    expect(masked('Marianne', ['Maria'])).toBe('Marianne')
  })
  test('rare characters count as one', () => expect(masked('𠮷田堃來電', ['𠮷田堃'])).toBe('𠮷○○來電'))
  test('signs in a name do no harm', () => expect(masked('a.b (c)*', ['a.b (c)*'])).toBe('某人'))
  test('no name, no change', () => expect(masked('路燈壞了', ['', '  '])).toBe('路燈壞了'))
  test('a name the case does not know is shown to the officer', () => expect(mask('找陳志豪先生').review).toContainEqual({ text: '陳志豪', why: expect.stringContaining('姓名') }))
})

describe('what only a person can judge is left and shown', () => {
  test.each([['家母罹癌洗腎', '癌'], ['她有憂鬱症', '憂鬱'], ['鄰居有前科', '前科'], ['我要檢舉違建', '檢舉'], ['國小學生受傷', '學生'], ['編號 1100927-12345678', '1100927-12345678']])('%s', (text, word) => {
    const result = mask(text)
    expect(result.text).toBe(text)
    expect(result.review.map((one) => one.text)).toContain(word)
  })
})

test('what was taken out is listed as it was', () => {
  expect(mask('王大明 0912-345-678', ['王大明']).found).toEqual([
    { kind: 'phone', was: '0912-345-678', became: '〔電話〕' },
    { kind: 'name', was: '王大明', became: '王○○' },
  ])
})

test('masking what was masked changes nothing', () => {
  const once = masked('王大明，A123456789，0912-345-678，金門縣金城鎮民生路60號，ABC-1234', ['王大明'])
  expect(mask(once, ['王大明'])).toMatchObject({ text: once, found: [] })
})

describe('hostile ways of writing', () => {
  test.each([
    ['身分證 A 123 456 789 號', '身分證 〔證號〕 號'],
    ['身分證 A12-3456-789', '身分證 〔證號〕'],
    ['𝐀𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗 是我', '〔證號〕 是我'],
    ['Ａ①②③④⑤⑥⑦⑧⑨', '〔證號〕'],
    ['A123\u200b456\u200d789', '〔證號〕'],
    ['請打 0912–345—678', '請打 〔電話〕'],
    ['請打 0912-345\n678 找我', '請打 〔電話〕 找我'],
    ['請打 0 9 1 2 3 4 5 6 7 8', '請打 〔電話〕'],
    ['請打零九一二三四五六七八', '請打〔電話〕'],
    ['請打０９１２　３４５　６７８', '請打〔電話〕'],
    ['民國五十年三月二日生', '〔出生日期〕生'],
    ['生於民國50年3月2日', '生於〔出生日期〕'],
    ['民國 ５０ 年 ３ 月 ２ 日出生', '〔出生日期〕出生'],
    ['學生於110年9月1日到校', '學生於110年9月1日到校'],
    ['那台ＡＢＣ－１２３４常常', '那台〔車牌〕常常'],
    ['金城鎮民生路60之1號3樓之2', '金城鎮〔地址〕'],
    ['臺北市信義區松仁路1號', '信義區〔地址〕'],
    ['金湖鎮山外里黃海路12號之3', '金湖鎮〔地址〕'],
    ['wang\u200b@example.org', '〔電子郵件〕'],
  ])('%j', (text, expected) => expect(masked(text)).toBe(expected))
  test.each([
    ['王大\n明說', ['王大明'], '王○○說'],
    ['王\u200b大\u200b明', ['王大明'], '王○○'],
    ['歐陽\n美玲', ['歐陽美玲'], '歐陽○○'],
    ['王臺生與王台生', ['王台生'], '王○○與王○○'],
    ['瓦歷斯·諾幹先生', ['瓦歷斯·諾幹'], '某人先生'],
    ['SANTOS, Maria came', ['Maria Santos'], '某人 came'],
    ['Nguyen Van An', ['Nguyễn Văn An'], '某人'],
    ['Ｍａｒｉａ\nSantos', ['Maria Santos'], '某人'],
    ['王大明 王大明 王小華 王大明', ['王大明', '王小華'], '王○○ 王○○ 王○○（2） 王○○'],
  ])('%j', (text, people, expected) => expect(masked(text, people)).toBe(expected))
  test('two numbers on two lines stay two', () => expect(masked('第一 0912-345-678\n第二 0933-111-222')).toBe('第一 〔電話〕\n第二 〔電話〕'))
  test('a file is named without them', () => {
    expect(maskFileName('王大明_0912-345-678_陳情書.pdf', ['王大明'])).toBe('王○○_〔電話〕_陳情書.pdf')
    expect(maskFileName('A123456789.jpg')).toBe('〔證號〕.jpg')
  })
})

test('a text with what masking would take out is refused by name; the office may keep its own contacts', () => {
  const refuse = (text: string, own: boolean) => refuseUnmasked(mask(text), { field: 'text', what: '說明', office: officePlaces, own })
  expect([refuse('王處長：身分證 A123456789', true)?.code, refuse('洽 0912-345-678', true)]).toEqual(['publication.unmasked', null])
  expect(refuse('洽 0912-345-678', false)).toMatchObject({ field: 'text', message: '說明還有電話（0912-345-678），請先遮去；如果是機關或公共設施的，請勾選確認' })
})

test('a name after 聯絡人 is listed for a person to judge, an office is not', () => {
  expect(mask('聯絡人王小明').review.map(({ text }) => text)).toEqual(['王小明'])
  expect(mask('請洽高速公路局、洽林務所').review).toEqual([])
})

test('a huge text of digits and blanks is masked without hanging', () => {
  mask('電話 '.repeat(2000) + '1 '.repeat(4000) + '中'.repeat(8000) + '0 9 '.repeat(2000) + '一'.repeat(4000), ['王大明'])
})

test('what may be a name, a year of birth or a name in Latin letters is listed for the officer', () => {
  const { text, review } = mask('我太太林美麗和學生陳大華，59年次，護照上是 Wang Xiaoming')
  expect(text).toBe('我太太林美麗和學生陳大華，59年次，護照上是 Wang Xiaoming')
  expect(review.map((one) => one.text)).toEqual(expect.arrayContaining(['林美麗', '陳大華', '59年次', 'Wang Xiaoming']))
})
