import { ownAddresses } from '../../../core/mail/arrived.ts'
import type { Letter } from '../../../core/mail/letter.ts'
import { cleanLine, cleanText, countCharacters } from '../../../core/filing/clean.ts'
import type { Language } from '../../../core/web/language.ts'
import type { Sender } from '../create.ts'
import { type Channel, letterLimits } from '../schema.ts'
import { findForwarded } from './reference.ts'

/** A letter as a petition is made of it. */
export type Content = {
  title: string
  body: string
  /** the whole text where the body had to be shortened; kept as an attachment */
  whole: string | null
  sender: Sender
  /** number in another office's mailbox, else the Message-ID */
  mailboxRef: string | null
  /** another office passed it on and names the petitioner: its own program or clerk is no one to answer to */
  forwarded: boolean
  language: Language
  /** what the desk should know of the reading: zh-TW sentences */
  remarks: string[]
}

export const wholeTextName = '來信全文.txt'
/** Mailboxes whose letters another office often passes on with a number of its own. */
const passedOn: Channel[] = ['premier-mail', 'president-mail']

export function contentOf(letter: Letter, channel: Channel | null): Content {
  const text = cleanText(letter.text)
  const { body, whole } = bodyOf(text, letter)
  const forwarded = channel && passedOn.includes(channel) ? findForwarded(letter.subject, text) : null
  const named = forwarded && (forwarded.sender.name ?? forwarded.sender.email) ? forwarded.sender : null
  const title = titleOf(letter.subject, text)
  return {
    title,
    body,
    whole,
    sender: named ?? senderOf(letter),
    mailboxRef: forwarded?.reference ?? letter.messageId,
    forwarded: named !== null,
    language: /\p{Script=Han}/u.test(title + body) || !/[a-z]{3}/i.test(body) ? 'zh' : 'en',
    remarks: [
      ...(named ? [`由其他機關轉來（原編號 ${forwarded!.reference}），陳情人資料取自信中所列，請核對`] : []),
      ...(whole ? [`來信共 ${countCharacters(text).toLocaleString('en')} 字，案件裡只放前段，全文在附件「${wholeTextName}」`] : []),
      ...letter.warnings.filter((warning) => warning.code !== 'no-message-id' && warning.code !== 'bad-date').map((warning) => warning.message.replace(/。$/, '')),
    ],
  }
}

/** What a supplement keeps of a letter: the text, shortened where it is too long. */
export function bodyOf(text: string, letter: Pick<Letter, 'attachments'>): { body: string; whole: string | null } {
  const names = letter.attachments.map((file) => cleanLine(file.filename)).filter(Boolean)
  if (!text) return { body: `（這封信沒有文字內容${names.length ? `，附件：${names.slice(0, 10).join('、')}` : ''}。）`, whole: null }
  const characters = [...text]
  if (characters.length <= letterLimits.bodyMax) return { body: text, whole: null }
  const rest = `\n\n（以下略。全文共 ${characters.length.toLocaleString('en')} 字，請看附件「${wholeTextName}」。）`
  return { body: characters.slice(0, letterLimits.bodyMax - rest.length).join('').trimEnd() + rest, whole: text }
}

const marks = /^(?:(?:re|fwd?|回覆|回復|答復|轉寄|轉發)\s*[:：]\s*)+/i

/** The subject; without one the letter's first words. */
export function titleOf(subject: string, text: string): string {
  const line = cleanLine(subject).replace(marks, '').trim()
  if (countCharacters(line) >= letterLimits.titleMin) return shortened(line, letterLimits.titleMax)
  const first = text.split('\n').map((each) => each.trim()).find((each) => /[\p{L}\p{N}]/u.test(each) && !greeting.test(each))
  const words = cleanLine(first).split(/(?<=[。！？!?])/)[0] ?? ''
  return countCharacters(words) >= letterLimits.titleMin ? shortened(words.replace(/[。，,]$/, ''), 40) : '（無主旨）'
}

const greeting = /^(?:(?:敬愛的|親愛的)?(?:縣長|院長|總統|先生|女士|您|你)(?:先生|女士)?(?:好|您好|你好)?|dear .{0,30}|hi|hello)[，,:：。!！\s]*$/i

function shortened(text: string, max: number): string {
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`
}

/** Who is answered: where the letter asks for it, else who sent it; never one of our own addresses. */
export function senderOf(letter: Letter): Sender {
  const isOurs = (address: string) => ownAddresses().includes(address.toLowerCase())
  const answerTo = [letter.replyTo, letter.from].find((one) => one && one.address && !isOurs(one.address)) ?? null
  const name = cleanLine(letter.from?.name || answerTo?.name)
  return { name: name && name !== letter.from?.address ? shortened(name, 100) : null, email: answerTo?.address ?? null }
}
