import type { EnglishWords } from './words.ts'

export const consumer: EnglishWords = {
  title: 'Consumer disputes',
  about: 'You complained to a shop, asked for mediation or received a proposal: how many days each step has.',
  lead: ['First complain to the business, a consumer group or the consumer service centre. If that does not help, complain to the consumer ombudsman or ask for mediation.', 'Fill in the days you know; one is enough.'],
  questions: ['I complained to the business', 'I asked for mediation', 'I received a proposal', 'The mediation has ended'],
  fields: {
    complained: { label: 'Day of your first complaint' },
    accepted: { label: 'Day on which the mediation was accepted' },
    plan: { label: 'Which proposal is it?', options: { ordinary: 'Proposed by the mediators when the parties did not agree', small: 'A small claim where one side did not come' } },
    proposed: { label: 'Day on which you received the proposal' },
    objected: { label: 'Day on which an objection in a small claim arrived' },
    asked: { label: 'Day on which you asked for the certificate that mediation failed' },
    approved: { label: 'Day on which you received the settlement approved by the court' },
  },
  steps: {
    business: { title: 'Last day for the business to deal with it', lapse: 'After that day you may complain to the consumer ombudsman or ask for mediation (Consumer Protection Act §43, Consumer Protection Act §44).', notes: ['Mediation needs an earlier complaint.'] },
    meeting: { title: 'Last day for the mediation meeting', lapse: 'It may be put off by ten more days when one side asks. If there is no meeting, ask the committee.' },
    objection: { title: 'Last day to object to the proposal', lapse: 'Without an objection the proposal counts as a settlement (Consumer Protection Act §45-3).', notes: ['The ten days cannot be extended. For registered mail the postmark counts.', 'With an objection the mediation has failed.'] },
    small: { title: 'Last day to object to the proposal in a small claim', lapse: 'Without an objection the proposal counts as a settlement (Consumer Protection Act §45-5).', notes: ['The ten days cannot be extended. For registered mail the postmark counts.'] },
    second: { title: 'Last day for the second meeting', lapse: 'If the one who objected does not come without good reason, the proposal counts as a settlement (Consumer Protection Act §45-5).', notes: ['If you objected, do come.'] },
    certificate: { title: 'Last day to issue the certificate', lapse: 'If it does not come, ask the committee.' },
    annul: { title: 'Last day to sue for annulment of the settlement', lapse: 'After that day the settlement can no longer be contested.' },
    fee: { title: 'Last day to ask for the court fee back', lapse: 'After that day it is not refunded.', notes: ['If you had sued before the settlement, two thirds of the court fee are refunded.'] },
  },
  next: ['Call 1950 for consumer advice. Mediation is free.'],
}
