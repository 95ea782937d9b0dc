import type { Sender } from '../create.ts'

/** What another office's mailbox writes around a letter that it passes on. */
export type Forwarded = { reference: string; sender: Sender }

/** Lines looked at: the other office puts its number and the petitioner before the letter. */
const linesMax = 40

// At the start of a line or in brackets, so that 統一編號 and 身分證字號 are not taken for it.
const numbered = /(?:^|[[【(（\s])(?:陳情案件|案件|信件|來信|陳情|交辦|收文|受理|信箱|院長信箱|總統信箱)?(?:編號|案號|流水號)\s*:\s*([A-Z]{0,6}-?\d[\dA-Z-]{4,30})/im
const inSentence = /(?:信箱|函|字)\s*第\s*([A-Z]{0,6}-?\d[\dA-Z-]{4,30})\s*號/i

/** The number that a letter has in the mailbox of 院長 or 總統, and the petitioner it names; null where there is no number. */
export function findForwarded(subject: string, text: string): Forwarded | null {
  const lines = text.split('\n', linesMax).map((line) => line.normalize('NFKC').trim())
  const head = [subject.normalize('NFKC'), ...lines].join('\n')
  const reference = (numbered.exec(head) ?? inSentence.exec(head))?.[1]?.replace(/-+$/, '')
  if (!reference) return null
  return { reference, sender: senderIn(lines) }
}

const labels: Record<keyof Sender, RegExp> = {
  name: /^(?:陳情人|來信人|寄件人|反映人)?(?:姓名)?\s*:\s*(\S.{0,50})$/,
  email: /^(?:電子郵件|電子信箱|聯絡信箱|e-?mail)(?:信箱|地址)?\s*:\s*(\S+@\S+)$/i,
  phone: /^(?:聯絡|連絡)?(?:電話|手機)(?:號碼)?\s*:\s*([\d+()#\- ]{6,40})$/,
  address: /^(?:聯絡|通訊|連絡)?(?:地址|住址)\s*:\s*(\S.{4,200})$/,
}

function senderIn(lines: string[]): Sender {
  const found = (label: RegExp) => lines.flatMap((line) => (line.startsWith(':') ? [] : (label.exec(line)?.[1]?.trim() ?? [])))[0] ?? null
  return { name: found(labels.name), email: found(labels.email), phone: found(labels.phone), address: found(labels.address) }
}
