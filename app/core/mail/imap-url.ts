import { WrongUse } from '../errors.ts'
import type { ImapAccount } from './imap.ts'

/**
 * Reads `imap(s)://user:password@host:port/folder?channel=縣長電子信箱&processed=move:Done`; what is special in user, password and
 * folder is percent-encoded. `name` is the account without its password, for the console and the stored progress.
 */
export function readImapUrl(text: string): { account: ImapAccount; mailbox: string; name: string } {
  const wrong = (why: string) => new WrongUse(`IMAP_URL 不正確：${why}。格式為 imaps://帳號:密碼@主機/資料夾?channel=縣長電子信箱`)
  if (!URL.canParse(text)) throw wrong('不是網址')
  const url = new URL(text)
  const secure = url.protocol === 'imaps:'
  if (!secure && url.protocol !== 'imap:') throw wrong('開頭應為 imaps:// 或 imap://')
  const [user, pass, folder] = [url.username, url.password, url.pathname.slice(1)].map((part) => decodeURIComponent(part))
  if (!user || !pass) throw wrong('缺少帳號或密碼')
  const mailbox = url.searchParams.get('channel')
  if (!mailbox) throw wrong('缺少 channel')
  const processed = url.searchParams.get('processed') ?? 'flag'
  if (!isProcessed(processed)) throw wrong('processed 應為 flag 或 move:資料夾')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port ? Number(url.port) : secure ? 993 : 143
  const account: ImapAccount = { host, port, secure, user, pass, folder: folder || 'INBOX', processed }
  return { account, mailbox, name: `${user}@${host}/${account.folder}` }
}

function isProcessed(text: string): text is ImapAccount['processed'] {
  return text === 'flag' || /^move:./.test(text)
}
