import { describe, expect, test } from 'vitest'
import { classifyLetter, type ClassifyOptions } from './classify.ts'
import { letterOf, multipartOf } from './letters-for-tests.ts'
import { readLetter } from './parse.ts'

const plain = 'Content-Type: text/plain; charset=utf-8'
const from = 'From: ming@example.tw'
const kindOf = async (raw: Buffer, options?: ClassifyOptions) => classifyLetter(await readLetter(raw), options)
const kindWith = async (...headers: string[]) => kindOf(letterOf([from, plain, ...headers], '路燈不亮'))

test('what a person writes is a letter', async () => {
  expect(await kindWith('Subject: 陳情')).toEqual({ kind: 'letter', fromProgram: false })
  for (const subject of ['自動回覆系統故障', '請問自動回覆：為何每次都收到', '不在辦公室的承辦人找不到', '退信問題陳情', '投訴：delivery delayed', '公車延遲', 'Re: 您的陳情案']) {
    expect(await kindWith(`Subject: ${subject}`)).toMatchObject({ kind: 'letter' })
  }
})

test('a letter sent on by another office’s program is a letter that is not answered automatically', async () => {
  expect(await kindWith('Subject: 院長電子信箱轉來案件', 'Auto-Submitted: auto-generated')).toEqual({ kind: 'letter', fromProgram: true })
  expect(await kindOf(letterOf(['From: no-reply@example.gov.tw', plain], 'x'))).toEqual({ kind: 'letter', fromProgram: true })
  expect(await kindWith('Auto-Submitted: no')).toEqual({ kind: 'letter', fromProgram: false })
})

describe('bounces', () => {
  const status = (...fields: string[]) => letterOf(['Content-Type: message/delivery-status'], `Reporting-MTA: dns; mail.example.tw\r\n\r\n${fields.join('\r\n')}\r\n`)
  const returned = letterOf(['Content-Type: message/rfc822'], letterOf(['Message-ID: <windlion.7@kinmen.example>', 'Subject: 回復', 'X-Windlion: mail'], 'x'))
  const dsn = (...fields: string[]) => multipartOf('report; report-type=delivery-status', ['From: MAILER-DAEMON@kinmen.example', 'Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied'], [letterOf([plain], '無法送達'), status(...fields), returned])
  test('a failed one names letter, recipient and reason', async () => {
    expect(await kindOf(dsn('Final-Recipient: rfc822; Ming@Example.tw', 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 no such user'), { ownAddresses: ['MAILER-DAEMON@kinmen.example'] }))
      .toEqual({ kind: 'bounce', of: '<windlion.7@kinmen.example>', recipient: 'ming@example.tw', permanent: true, reason: '550 no such user' })
  })
  test('a delayed one is not permanent', async () => {
    expect(await kindOf(dsn('Final-Recipient: rfc822; a@b.tw', 'Action: delayed', 'Status: 4.4.1'))).toMatchObject({ kind: 'bounce', permanent: false, reason: '4.4.1' })
  })
  test('the failed recipient is told from a delivered one', async () => {
    expect(await kindOf(dsn('Final-Recipient: rfc822; a@b.tw', 'Action: delivered', 'Status: 2.0.0', '', 'Final-Recipient: rfc822; c@d.tw', 'Action: failed', 'Status: 5.0.0'))).toMatchObject({ recipient: 'c@d.tw', permanent: true })
  })
  test('a note of delivery is only an automatic answer', async () => {
    expect(await kindOf(dsn('Final-Recipient: rfc822; a@b.tw', 'Action: delivered', 'Status: 2.0.0'))).toEqual({ kind: 'auto-reply' })
  })
  test('the headers alone may come back', async () => {
    const raw = multipartOf('report', ['From: postmaster@example.tw'], [status('Action: failed', 'Final-Recipient: rfc822; a@b.tw'), letterOf(['Content-Type: text/rfc822-headers'], 'Message-ID:\r\n <windlion.8@kinmen.example>\r\nX: y')])
    expect(await kindOf(raw)).toMatchObject({ kind: 'bounce', of: '<windlion.8@kinmen.example>' })
  })
  test('those in plain words are recognised by sender and subject together', async () => {
    const raw = letterOf(['From: MAILER-DAEMON@example.tw', 'To: mayor@kinmen.example', 'Subject: 郵件無法傳遞', plain], '下列收件人無法送達：<ming@example.tw>\r\nMessage-ID: <windlion.9@kinmen.example>')
    expect(await kindOf(raw)).toMatchObject({ kind: 'bounce', of: '<windlion.9@kinmen.example>', recipient: 'ming@example.tw', permanent: true })
    expect(await kindOf(letterOf(['From: a@b.tw', 'Subject: failure notice', plain], 'x'), { returnPath: '' })).toMatchObject({ kind: 'bounce' })
    expect(await kindWith('X-Failed-Recipients: a@b.tw, c@d.tw')).toMatchObject({ kind: 'bounce', recipient: 'a@b.tw' })
  })
})

test('automatic answers are recognised', async () => {
  for (const line of ['Auto-Submitted: auto-replied (vacation)', 'X-Autoreply: yes', 'X-Autorespond: on', 'Precedence: auto_reply', 'Subject: 自動回覆: 您好', 'Subject: 【自動回覆】感謝來信', 'Subject: 自動回覆', 'Subject: 不在辦公室', 'Subject: Automatic reply: hello', 'Subject: Out of Office']) {
    expect(await kindWith(line)).toEqual({ kind: 'auto-reply' })
  }
  expect(await kindOf(letterOf([from, 'In-Reply-To: <a@b>', plain], 'x'), { returnPath: '' })).toEqual({ kind: 'auto-reply' })
  expect(await kindWith('Return-Path: <>', 'References: <a@b>')).toEqual({ kind: 'auto-reply' })
  const receipt = multipartOf('report; report-type=disposition-notification', [from], [letterOf([plain], '已讀'), letterOf(['Content-Type: message/disposition-notification'], 'Disposition: manual-action/MDN-sent-manually; displayed')])
  expect(await kindOf(receipt)).toEqual({ kind: 'auto-reply' })
})

test('what we sent and what goes round is a loop', async () => {
  expect(await kindWith('X-Windlion: mail 7')).toMatchObject({ kind: 'loop' })
  expect(await kindOf(letterOf([from, plain], 'x'), { ownAddresses: ['Ming@example.tw'] })).toMatchObject({ kind: 'loop', why: expect.stringContaining('ming@example.tw') })
  expect(await kindWith(...Array.from({ length: 51 }, (_, hop) => `Received: from h${hop}.example.tw`))).toEqual({ kind: 'loop', why: '已轉送 51 次' })
  expect(await kindWith(...Array.from({ length: 12 }, (_, hop) => `Received: from h${hop}.example.tw`))).toMatchObject({ kind: 'letter' })
})

test('newsletters and lists are told apart', async () => {
  for (const line of ['Precedence: bulk', 'Precedence: list', 'List-Id: <news.example.tw>', 'List-Unsubscribe: <mailto:u@example.tw>']) {
    expect(await kindWith(line)).toEqual({ kind: 'list-or-bulk' })
  }
})
