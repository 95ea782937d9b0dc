import type { Waiting } from '../../core/module.ts'
import { holds } from '../../core/identity/permissions.ts'
import { lettersPath, listPath } from './paths.ts'
import { countLapsed, findAppeals, findWaitingLetters } from './queries.ts'
import { clockName } from './waits-for.ts'

/**
 * What waits on the first page of the day: online filings to take in and letters for the desk; what came and what ran out for the law section; an answer
 * for the agency that is appealed against (§58); a resolved decision for the head who approves it. Each count is that of the list behind it.
 */
export const waiting: Waiting[] = [
  {
    permission: 'appeals.reply',
    // the law section, which may record any answer, sees what ran out instead
    find: async ({ db, person }) => (holds(person, 'appeals.handle') ? [] : [{ text: '訴願待答辯', note: '訴願法 §58：收到訴願書之次日起二十日內', href: `${listPath}?waits=answer`, count: (await findAppeals(db, person, { waits: 'answer' })).count }]),
  },
  {
    permission: 'appeals.approve',
    find: async ({ db, person }) => [{ text: '訴願決定書待核定', note: '審議規則 §28', href: `${listPath}?waits=approval`, count: (await findAppeals(db, person, { waits: 'approval' })).count }],
  },
  {
    permission: 'appeals.handle',
    find: async ({ db, person, today }) => [
      { text: '線上送來的補正待確認', note: '訴願法 §62', href: `${listPath}?waits=came`, count: (await findAppeals(db, person, { waits: 'came' })).count },
      ...(await countLapsed(db, person, today)).map(({ rule, count }) => ({ text: `訴願${clockName(rule)}的期限已過`, href: `${listPath}?waits=${rule}`, count })),
    ],
  },
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
