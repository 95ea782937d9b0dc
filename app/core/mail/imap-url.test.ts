import { expect, test } from 'vitest'
import { readImapUrl } from './imap-url.ts'

test('an address of a mailbox says everything needed', () => {
  expect(readImapUrl('imaps://mayor%40kinmen.example:p%2Fw@mail.kinmen.example/Petitions%2FNew?channel=縣長電子信箱&processed=move:Done')).toEqual({
    account: { host: 'mail.kinmen.example', port: 993, secure: true, user: 'mayor@kinmen.example', pass: 'p/w', folder: 'Petitions/New', processed: 'move:Done' },
    mailbox: '縣長電子信箱', name: 'mayor@kinmen.example@mail.kinmen.example/Petitions/New',
  })
  expect(readImapUrl('imap://a:b@[::1]:1143?channel=c').account).toMatchObject({ host: '::1', port: 1143, secure: false, folder: 'INBOX', processed: 'flag' })
})

test('what is missing is named, without the password', () => {
  for (const [url, why] of [['x', '網址'], ['http://a:b@c', 'imaps'], ['imaps://c/', '帳號'], ['imaps://a:secret@c/', 'channel'], ['imaps://a:secret@c/?channel=x&processed=delete', 'processed']]) {
    expect(() => readImapUrl(url ?? '')).toThrow(why)
    expect(() => readImapUrl(url ?? '')).not.toThrow('secret')
  }
})
