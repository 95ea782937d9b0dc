import nodemailer from 'nodemailer'
import type { Db } from '../../../core/db.ts'
import { useDocumentFolder } from '../../../core/documents/store.ts'
import { openMail, type OpenMail } from '../../../core/mail/service.ts'
import { takeLetter } from './index.ts'
import { testFolder } from '../../../../test/support/folder.ts'

export const addresses = { mayor: 'mayor@kinmen.example', premier: 'premier@kinmen.example', president: 'president@kinmen.example', own: 'noreply@kinmen.example' }

/** The office's mailboxes on a port of this machine, and somebody who writes to them over real SMTP. Nothing goes out: mail is kept. */
export async function openMailroom(db: Db, faults: string[] = []) {
  useDocumentFolder(testFolder())
  const mail: OpenMail = await openMail(
    db,
    {
      smtpUrl: undefined, imapUrl: undefined, publicUrl: 'https://portal.example', mailFrom: `縣民信箱 <${addresses.own}>`,
      mailboxes: { [addresses.mayor]: '縣長電子信箱', [addresses.premier]: '院長電子信箱', [addresses.president]: '總統信箱' },
      intake: { port: 0, host: '127.0.0.1', lmtp: false },
    },
    takeLetter,
    (error) => faults.push(String(error.cause ?? error)),
  )
  const port = Number(mail.address!.split(':').at(-1))
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  return {
    /** Resolves once the office has said that it keeps the letter. */
    deliver: (raw: Buffer, to: string | string[] = addresses.mayor, from = 'ming@example.tw') => transport.sendMail({ envelope: { from, to }, raw }),
    close: async () => {
      transport.close()
      await mail.close()
    },
  }
}
