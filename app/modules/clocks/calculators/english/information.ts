import type { EnglishWords } from './words.ts'

const late = 'If it has neither decided nor told you of an extension by then, you may appeal (Administrative Appeal Act §2).'
const lateExtended = 'If it has still not decided, you may appeal (Administrative Appeal Act §2).'
const decide = 'Last day for the authority to decide'
const extended = 'Last day if it tells you of an extension'

export const information: EnglishWords = {
  title: 'Access to government information',
  about: 'You asked for documents, files or your own data: when the authority must answer; how long you have to complete or to comment.',
  lead: ['An authority must decide within a number of days whether you get what you asked for. How many depends on what it is.', 'Fill in the days you know; one is enough.'],
  questions: ['How long the authority has', 'I was told to complete my application, or to comment'],
  fields: {
    what: {
      label: 'What did you ask for?',
      options: {
        information: ['Government information', 'Documents, pictures or data that the authority made or holds'], amend: 'To correct information about me', archive: 'Records in the archive',
        personal: 'To see or copy my personal data', 'personal-correct': 'To correct, stop using or delete my personal data',
      },
    },
    accepted: { label: 'Day on which the application was accepted', hint: 'Usually the day it arrived; if it was completed later, that day' },
    corrected: { label: 'Day on which you were told to complete it' },
    heard: { label: 'Day on which you were asked to comment', hint: 'When somebody else asked for what concerns you' },
  },
  steps: {
    information: { title: decide, lapse: late, notes: ['It may be extended by up to fifteen days; you are told (Freedom of Government Information Law §12).'] },
    'information-extended': { title: extended, lapse: lateExtended },
    amend: { title: decide, lapse: late, notes: ['It may be extended by up to thirty days; you are told (Freedom of Government Information Law §15).'] },
    'amend-extended': { title: extended, lapse: lateExtended },
    personal: { title: decide, lapse: late, notes: ['It may be extended by up to fifteen days; you are told (Personal Data Protection Act §13).'] },
    'personal-extended': { title: extended, lapse: lateExtended },
    'personal-correct': { title: decide, lapse: late, notes: ['It may be extended by up to thirty days; you are told (Personal Data Protection Act §13).'] },
    'personal-correct-extended': { title: extended, lapse: lateExtended },
    archive: { title: decide, lapse: 'If it has not decided by then, you may appeal (Administrative Appeal Act §2).', notes: ['The law knows no extension (Archives Act §19).'] },
    correct: { title: 'Last day to complete your application', lapse: 'Otherwise it may be refused (Freedom of Government Information Law §11); you may apply again.' },
    'archive-correct': { title: 'Last day to complete your application', lapse: 'Otherwise it may be refused; you may apply again.' },
    hear: { title: 'Last day to comment', lapse: 'Without a comment the authority may decide (Freedom of Government Information Law §12).' },
  },
  next: ['A refusal must be in writing, with reasons and what you can do against it (Freedom of Government Information Law §20).'],
}
