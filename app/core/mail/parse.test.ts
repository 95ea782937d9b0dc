import { describe, expect, test } from 'vitest'
import { readLetter, textCharactersMax } from './parse.ts'
import { big5, gb18030, joined, letterOf, multipartOf, word } from './letters-for-tests.ts'
import { simplifiedSentences, traditionalSentences } from './sentences-for-tests.ts'

const plain = 'Content-Type: text/plain; charset=utf-8'
const codes = (letter: { warnings: { code: string }[] }) => letter.warnings.map((warning) => warning.code)

test('an ordinary letter is read whole', async () => {
  const letter = await readLetter(letterOf([
    'From: =?utf-8?B?' + Buffer.from('王小明').toString('base64') + '?= <ming@Example.TW>', 'To: mayor@kinmen.example, "二" <b@kinmen.example>',
    'Cc: c@kinmen.example', 'Subject: =?UTF-8?Q?=E8=B7=AF=E7=87=88?=', 'Message-ID: <a1@example.tw>', 'In-Reply-To: <a0@kinmen.example>',
    'References: <x@y.example>', ' <a0@kinmen.example>', 'Date: Mon, 27 Sep 2021 10:00:00 +0800', plain,
  ], '路燈不亮。\r\n謝謝\r\n'))
  expect(letter).toMatchObject({
    messageId: '<a1@example.tw>', inReplyTo: '<a0@kinmen.example>', references: ['<x@y.example>', '<a0@kinmen.example>'],
    from: { name: '王小明', address: 'ming@example.tw' }, to: [{ name: '', address: 'mayor@kinmen.example' }, { name: '二', address: 'b@kinmen.example' }],
    cc: [{ name: '', address: 'c@kinmen.example' }], subject: '路燈', text: '路燈不亮。\n謝謝', attachments: [], warnings: [],
  })
  expect(letter.date?.toISOString()).toBe('2021-09-27T02:00:00.000Z')
})

describe('Big5 letters are readable', () => {
  const body = traditionalSentences.slice(0, 4).join('\r\n')
  const read = body.replaceAll('\r\n', '\n')
  for (const declared of ['', '; charset=us-ascii', '; charset=iso-8859-1', '; charset=x-unknown', '; charset=gb2312', '; charset=big5', '; charset=utf-8']) {
    test(`with "text/plain${declared}", raw 8-bit headers and body`, async () => {
      const letter = await readLetter(letterOf([
        joined('From: "', big5('許功蓋'), '" <hsu@example.tw>'), joined('Subject: ', big5('陳情路燈功能故障')), `Content-Type: text/plain${declared}`,
      ], big5(body)))
      expect(letter.subject).toBe('陳情路燈功能故障')
      expect(letter.from).toEqual({ name: '許功蓋', address: 'hsu@example.tw' })
      expect(letter.text).toBe(read)
      expect(codes(letter).includes('charset-corrected')).toBe(declared !== '; charset=big5')
    })
  }
  test('in quoted-printable with stray equal signs and in base64', async () => {
    const encoded = [...big5(body)].map((byte) => (byte < 0x80 && byte !== 0x3d ? String.fromCharCode(byte) : '=' + byte.toString(16))).join('')
    const wrapped = encoded.replace(/\r\n/g, ' \t=\r\n=0D=0A') + '=ZZ 1=2'
    const quoted = await readLetter(letterOf(['Content-Type: text/plain; charset=big5', 'Content-Transfer-Encoding: Quoted-Printable'], wrapped))
    expect(quoted.text.replace(/ \t/g, '')).toBe(read + '=ZZ 1=2')
    const base64 = await readLetter(letterOf(['Content-Transfer-Encoding: base64'], big5(body).toString('base64').replace(/.{76}/g, '$&\r\n')))
    expect(base64.text).toBe(read)
  })
})

test('UTF-8 called Big5 and GB18030 called nothing are readable', async () => {
  const utf8 = await readLetter(letterOf(['Subject: ' + word('big5', Buffer.from('路燈故障')), 'Content-Type: text/plain; charset=big5'], traditionalSentences[0]))
  expect(utf8).toMatchObject({ subject: '路燈故障', text: traditionalSentences[0] })
  expect(codes(utf8)).toContain('charset-corrected')
  const gb = await readLetter(letterOf([joined('Subject: ', gb18030('丢失证件')), 'Content-Type: text/plain'], gb18030(simplifiedSentences[0] ?? '')))
  expect(gb).toMatchObject({ subject: '丢失证件', text: simplifiedSentences[0] })
})

describe('subjects', () => {
  const subjectOf = async (...lines: (string | Buffer)[]) => (await readLetter(letterOf(lines, 'x'))).subject
  test('encoded words cut inside a character are joined first', async () => {
    const bytes = big5('建議改善道路排水')
    expect(await subjectOf(`Subject: ${word('big5', bytes.subarray(0, 5))}`, ` ${word('Big5', bytes.subarray(5))}`)).toBe('建議改善道路排水')
    const utf8 = Buffer.from('建議改善')
    expect(await subjectOf(`Subject: ${word('utf-8', utf8.subarray(0, 4))}`, `\t${word('utf-8', utf8.subarray(4))}`)).toBe('建議改善')
    const base64 = utf8.toString('base64')
    expect(await subjectOf(`Subject: =?utf-8?B?${base64.slice(0, 6)}?= =?utf-8?B?${base64.slice(6)}?=`)).toBe('建議改善')
    expect(await subjectOf(`Subject: =?utf-8?B?${base64.slice(0, 5)}?= =?utf-8?B?${base64.slice(5, 10)}?= =?utf-8?B?${base64.slice(10)}?=`)).toBe('建議改善')
  })
  test('words of several encodings and plain text stand side by side', async () => {
    expect(await subjectOf(`Subject: Re: ${word('big5', big5('路燈'))} ${word('utf-8', Buffer.from('故障'))} (2)`)).toBe('Re: 路燈故障 (2)')
    expect(await subjectOf('Subject: =?utf-8?Q?a_b=3Dc?= =?utf-8?q?=20d?=')).toBe('a b=c d')
    expect(await subjectOf('Subject: =?utf-8?X?broken?= =?utf-8?B?')).toBe('=?utf-8?X?broken?= =?utf-8?B?')
  })
  test('line breaks, NUL, bidi controls and invisible characters are taken out', async () => {
    expect(await subjectOf(`Subject: ${word('utf-8', Buffer.from('路燈\r\nBcc: x@y\0'))}`)).toBe('路燈 Bcc: x@y')
    expect(await subjectOf('Subject: 金\u200b門\u2060縣\u00ad府 \u202egnp.exe')).toBe('金門縣府 gnp.exe')
    expect(await subjectOf('Subject: one', '  two', '\tthree')).toBe('one two three')
    expect(await subjectOf('Subject: 陳\u{2070E}與王堃\u0000')).toBe('陳\u{2070E}與王堃')
  })
  test('a missing one is empty and a huge one is cut', async () => {
    expect(await subjectOf('X: y')).toBe('')
    expect([...await subjectOf('Subject: ' + '長'.repeat(30_000))]).toHaveLength(500)
  })
})

describe('senders', () => {
  const fromOf = async (value: string | Buffer) => (await readLetter(letterOf([joined('From: ', value)], 'x'))).from
  test('a name cannot pass itself off as an address', async () => {
    expect(await fromOf(`${word('utf-8', Buffer.from('mayor@kinmen.example, <a@b>'))} <real@example.tw>`)).toMatchObject({ address: 'real@example.tw' })
    expect(await fromOf('"boss@kinmen.example" <real@example.tw>')).toEqual({ name: 'boss@kinmen.example', address: 'real@example.tw' })
  })
  test('raw Big5 names with the bytes of backslash, bar and at sign keep the address apart', async () => {
    for (const name of ['許功蓋', '育餐', '沛兝閰', '豹淚']) expect((await fromOf(joined('"', big5(name), '" <a@b.tw>')))?.address).toBe('a@b.tw')
  })
  test('an empty or senseless one is null with a warning', async () => {
    const letter = await readLetter(letterOf(['From: <>'], 'x'))
    expect(letter.from).toBeNull()
    expect(codes(letter)).toContain('no-sender')
  })
  test('Sender stands in where From is missing', async () => {
    expect((await readLetter(letterOf(['Sender: a@b.tw'], 'x'))).from?.address).toBe('a@b.tw')
  })
})

describe('bodies', () => {
  test('the plain part is taken, and the HTML one where it is missing or blank', async () => {
    const html = letterOf(['Content-Type: text/html; charset=utf-8'], '<p>網頁</p>')
    const both = multipartOf('alternative', [], [letterOf([plain], '純文字'), html])
    expect((await readLetter(both)).text).toBe('純文字')
    expect((await readLetter(multipartOf('alternative', [], [letterOf([plain], ' \r\n'), html]))).text).toBe('網頁')
    expect((await readLetter(html)).text).toBe('網頁')
  })
  test('HTML loses scripts, styles and tricks and keeps lines, tables and links', async () => {
    const html = '<html><head><title>t</title><style>p{color:red}</style></head><body onload="x()"><script>alert(1)</script>'
      + '<p>縣長您好：</p><p>路燈&nbsp;不亮<br>請修 &lt;b&gt;</p><a href="https://example.tw/a">地圖</a> <a href="javascript:alert(1)">按此</a>'
      + '<a href="https://example.tw">https://example.tw</a><img src="cid:1"><!-- 註 --></body></html>'
    const { text } = await readLetter(letterOf(['Content-Type: text/html; charset=utf-8'], html))
    expect(text).toMatch(/縣長您好：\n\n路燈.不亮\n請修 <b>/)
    expect(text).toContain('地圖 [https://example.tw/a]')
    expect(text).not.toMatch(/alert|color|javascript|cid:|註|example\.tw \[/)
  })
  test('a Big5 page that names its encoding only inside is readable', async () => {
    const page = joined('<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>', big5('道路坑洞'), '</p>')
    expect((await readLetter(letterOf(['Content-Type: text/html'], page))).text).toBe('道路坑洞')
  })
  test('deeply nested and never ending HTML gives its text without stalling', async () => {
    const deep = await readLetter(letterOf(['Content-Type: text/html; charset=utf-8'], '<b>'.repeat(5000) + '路燈'))
    expect(deep.text).toBe('路燈')
    expect(codes(deep)).toContain('html-crude')
    const long = await readLetter(letterOf(['Content-Type: text/html'], '<script'.repeat(400_000) + ' [x'.repeat(200_000)))
    expect(typeof long.text).toBe('string')
  })
  test('several texts around pictures follow one another', async () => {
    const raw = multipartOf('mixed', [], [letterOf([plain], '前段'), letterOf(['Content-Type: image/png', 'Content-ID: <p>', 'Content-Transfer-Encoding: base64'], 'iVBORw0KGgo='), letterOf([plain], '後段')])
    const letter = await readLetter(raw)
    expect(letter.text).toBe('前段\n\n後段')
    expect(letter.attachments).toMatchObject([{ filename: '附件1.png', inline: true }])
  })
  test('flowed text is joined again', async () => {
    const { text } = await readLetter(letterOf(['Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes'], '路燈 \r\n不亮\r\n> 引 \r\n> 文\r\n-- \r\n王'))
    expect(text).toBe('路燈不亮\n> 引文\n-- \n王')
  })
  test('NUL and bidi overrides never reach the text', async () => {
    const { text } = await readLetter(letterOf([plain], 'a\0b\u202ec\ud83d\u0007d'))
    expect(text).toMatch(/^abc.+d$/)
    expect(text).not.toMatch(/[\0\u0007\u202e]/)
  })
})

describe('letters that lack something', () => {
  test('no body, no headers, nothing at all', async () => {
    for (const raw of [Buffer.alloc(0), Buffer.from('\r\n'), Buffer.from('Subject: x'), Buffer.from('just words\nand more')]) {
      const letter = await readLetter(raw)
      expect(codes(letter)).toEqual(expect.arrayContaining(['no-text', 'no-sender', 'no-message-id']))
    }
  })
  test('a date that is none', async () => {
    const letter = await readLetter(letterOf(['Date: 民國110年9月27日'], 'x'))
    expect(letter.date).toBeNull()
    expect(codes(letter)).toContain('bad-date')
  })
  test('a multipart letter without boundary lines or without its end is still read', async () => {
    expect((await readLetter(letterOf(['Content-Type: multipart/mixed; boundary=x'], '路燈不亮'))).text).toBe('路燈不亮')
    expect((await readLetter(letterOf(['Content-Type: multipart/mixed'], '--x\r\n\r\n路燈\r\n--x\r\n\r\n不亮'))).text).toBe('路燈\n\n不亮')
  })
})

describe('attachments', () => {
  const attach = (disposition: string | Buffer, type: string | Buffer = 'application/pdf') => multipartOf('mixed', [], [
    letterOf([plain], '如附件'), letterOf([joined('Content-Type: ', type), joined('Content-Disposition: ', disposition), 'Content-Transfer-Encoding: base64'], Buffer.from('%PDF-1').toString('base64')),
  ])
  const nameOf = async (...args: Parameters<typeof attach>) => (await readLetter(attach(...args))).attachments[0]?.filename
  test('keep their bytes', async () => {
    const { attachments } = await readLetter(attach('attachment; filename=a.pdf'))
    expect(attachments).toMatchObject([{ filename: 'a.pdf', mediaType: 'application/pdf', inline: false }])
    expect(attachments[0]?.bytes.toString()).toBe('%PDF-1')
  })
  test('are named by RFC 2231, encoded words, raw Big5 or Content-Type', async () => {
    const percent = (bytes: Buffer) => [...bytes].map((byte) => '%' + byte.toString(16).padStart(2, '0')).join('')
    expect(await nameOf(`attachment; filename*=utf-8''${percent(Buffer.from('陳情書'))}.pdf; filename="x.pdf"`)).toBe('陳情書.pdf')
    const name = big5('許功蓋陳情書')
    expect(await nameOf(`attachment; filename*0*=big5'zh'${percent(name.subarray(0, 5))}; filename*1*=${percent(name.subarray(5))}; filename*2=".pdf"`)).toBe('許功蓋陳情書.pdf')
    expect(await nameOf(`attachment; filename*=utf-8''${percent(name)}.pdf`)).toBe('許功蓋陳情書.pdf')
    expect(await nameOf(`attachment; filename="${word('big5', name)}"`)).toBe('許功蓋陳情書')
    expect(await nameOf(joined('attachment; filename="', name, '.pdf"; size=6'))).toBe('許功蓋陳情書.pdf')
    expect(await nameOf('attachment', joined('application/pdf; name="', name, '.pdf"'))).toBe('許功蓋陳情書.pdf')
    expect(await nameOf('attachment')).toBe('附件1.pdf')
  })
  test('have names that are only names', async () => {
    expect(await nameOf('attachment; filename="../../etc/passwd"')).toBe('passwd')
    expect(await nameOf('attachment; filename="C:\\\\a\\\\b.pdf"')).toBe('b.pdf')
    expect(await nameOf("attachment; filename*=utf-8''%E2%80%AEfdp.exe%0D%0Ax")).toBe('fdp.exe x')
    expect(await nameOf('attachment; filename=".."')).toBe('附件1.pdf')
    expect(await nameOf(`attachment; filename="${'長'.repeat(300)}.pdf"`)).toBe('長'.repeat(76) + '.pdf')
  })
  test('a forwarded letter is one, readable, and its own attachments stay inside', async () => {
    const inner = multipartOf('mixed', ['From: a@b.tw', 'Subject: 原信', 'Message-ID: <in@b.tw>'], [letterOf([plain], '原文'), attach('attachment; filename=i.pdf')], 'inner')
    const letter = await readLetter(multipartOf('mixed', ['Subject: 轉寄', 'Message-ID: <out@b.tw>'], [letterOf([plain], '請處理'), letterOf(['Content-Type: message/rfc822'], inner)], 'outer'))
    expect(letter).toMatchObject({ subject: '轉寄', messageId: '<out@b.tw>', text: '請處理' })
    expect(letter.attachments).toHaveLength(1)
    expect(letter.attachments[0]).toMatchObject({ filename: '附件1.eml', mediaType: 'message/rfc822' })
    expect(letter.attachments[0]?.text).toContain('主旨：原信\n\n原文')
    const only = await readLetter(letterOf(['Content-Type: message/rfc822'], inner))
    expect(only.text).toContain('原文')
    expect(codes(only)).toContain('text-from-enclosed')
  })
  test('winmail.dat stays one, with a word about it', async () => {
    const letter = await readLetter(attach('attachment; filename="winmail.dat"', 'application/ms-tnef'))
    expect(letter.attachments[0]?.filename).toBe('winmail.dat')
    expect(codes(letter)).toContain('winmail')
  })
})

describe('large and hostile letters', () => {
  test('twenty megabytes are read, the text within its limit', async () => {
    const file = Buffer.alloc(14 * 1024 * 1024, 7)
    const raw = multipartOf('mixed', [], [letterOf([plain], '長'.repeat(textCharactersMax + 5)), letterOf(['Content-Type: application/zip; name=a.zip', 'Content-Transfer-Encoding: base64'], file.toString('base64'))])
    const before = Buffer.from(raw)
    const letter = await readLetter(raw)
    expect(letter.text).toHaveLength(textCharactersMax)
    expect(codes(letter)).toContain('text-cut')
    expect(letter.attachments[0]?.bytes.equals(file)).toBe(true)
    expect(raw.equals(before)).toBe(true)
  })
  test('a thousand levels and ten thousand parts are cut with a warning', async () => {
    let nested = letterOf([plain], 'x')
    for (let i = 0; i < 60; i++) nested = multipartOf('mixed', [], [nested], `b${i}`)
    expect(codes(await readLetter(nested))).toContain('nested-too-deep')
    const many = multipartOf('mixed', [], Array.from({ length: 2000 }, () => letterOf([plain], 'x')))
    expect(codes(await readLetter(many))).toContain('too-many-parts')
  })
  test('letters made to keep the reader busy do not', { timeout: 60_000 }, async () => {
    for (const body of ['<'.repeat(3e6), ' \t'.repeat(9e5), '<!-- '.repeat(6e5), '<script'.repeat(4e5), '<a href='.repeat(2e5), '&#x1'.repeat(4e5)]) {
      await readLetter(letterOf(['Content-Type: text/html'], body))
    }
    for (const header of ['(', '"\\\\', '=?a?b?', '<', 'a@b.tw, ', 'x; a*0*=', '=?big5?B?s68=?= =?utf-8?B?6Zmz?= ']) {
      const long = header.repeat(200_000 / header.length)
      await readLetter(letterOf([`From: ${long}`, `Subject: ${long}`, `Content-Type: text/plain; ${long}`, `References: ${long}`], 'x'))
    }
  })
  test('broken bytes of a real letter never throw', async () => {
    const raw = multipartOf('mixed', [joined('Subject: ', big5('路燈')), `From: ${word('big5', big5('王'))} <a@b.tw>`], [letterOf(['Content-Type: text/html'], '<p>x</p>'), letterOf(["Content-Disposition: attachment; filename*0*=big5''%a4; filename*1*=%a4"], 'y')])
    let seed = 11
    const next = (max: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % max
    for (let round = 0; round < 300; round++) {
      const broken = Buffer.from(raw)
      for (let i = 0; i < 8; i++) broken[next(broken.length)] = next(256)
      const letter = await readLetter(broken.subarray(0, next(broken.length + 1)))
      expect(JSON.stringify(letter)).not.toContain('\\u0000')
    }
  })
})
