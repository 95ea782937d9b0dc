import type { Db } from '../../../core/db.ts'
import { write } from '../../../core/db.ts'
import { valueOf } from '../../../core/errors.ts'
import type { ArrivedLetter, LetterTaker } from '../../../core/mail/arrived.ts'
import { channels, mailboxChannels } from '../schema.ts'
import { keepInInbox, leaveWaiting } from './inbox.ts'
import { keepLetter } from './keep-letter.ts'
import { readArrived } from './reading.ts'

/**
 * Takes a letter from the intake or a fetched folder. Where making something of it fails by a fault of ours, it is at least
 * kept, and waits in the inbox; where even that is impossible (database gone, disk full) it throws, and stays with its sender.
 */
export const takeLetter: LetterTaker = {
  as: 'mailroom',
  mailboxes: mailboxChannels.map((channel) => channels[channel]),
  async take(db, arrived, onFault) {
    const reading = await readArrived(arrived.raw, arrived.from)
    const { mailboxes, receivedAt, origin } = arrived
    try {
      valueOf(await keepLetter({ db, person: null }, { reading, mailboxes, receivedAt, origin }))
    } catch (error) {
      onFault(new Error('a letter could not be handled; it is kept in the inbox if possible', { cause: error }))
      await onlyKeep(db, arrived, reading)
    }
  },
}

async function onlyKeep(db: Db, { mailboxes, receivedAt }: ArrivedLetter, reading: Awaited<ReturnType<typeof readArrived>>): Promise<void> {
  await write(db, async (tx, now) => {
    for (const mailbox of mailboxes) {
      const letter = await keepInInbox(tx, reading, mailbox, receivedAt && receivedAt < now ? receivedAt : now)
      if (letter) await leaveWaiting(tx, letter.id, '自動處理這封信時發生錯誤，請人工成案')
    }
  })
}
