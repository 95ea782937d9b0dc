import type { Waiting } from '../../../core/module.ts'
import { lettersPath, listPath } from '../paths.ts'
import { findAppeals, findWaitingLetters } from '../queries.ts'

/** For the desk's and the law section's first page: online filings to take in, letters to be posted or whose service is not proved yet. */
export const waitingLetters: Waiting[] = [
  {
    permission: 'appeals.register',
    find: async ({ db, person }) => [{ text: '線上訴願待登錄', href: `${listPath}?stage=filed`, count: (await findAppeals(db, person, { stage: 'filed' })).count }],
  },
  {
    permission: 'appeals.letters',
    find: async ({ db, person }) => {
      const waiting = await findWaitingLetters(db, person)
      const unsent = waiting.filter(({ sentOn }) => sentOn === null).length
      return [{ text: '訴願文書待寄送', href: lettersPath, count: unsent }, { text: '訴願文書待登錄送達', href: lettersPath, count: waiting.length - unsent }]
    },
  },
]
