import type { Waiting } from '../../../core/module.ts'
import { lettersPath } from '../paths.ts'
import { findWaitingLetters } from '../queries.ts'

/** For the desk's and the law section's first page: letters to be posted or whose service is not proved yet. */
export const waitingLetters: Waiting[] = [
  {
    permission: 'appeals.letters',
    find: async ({ db, person }) => {
      const waiting = await findWaitingLetters(db, person)
      const unsent = waiting.filter(({ sentOn }) => sentOn === null).length
      return [{ text: '訴願文書待寄送', href: lettersPath, count: unsent }, { text: '訴願文書待登錄送達', href: lettersPath, count: waiting.length - unsent }]
    },
  },
]
