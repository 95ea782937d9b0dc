import type { EnglishWords } from './words.ts'

export const compensation: EnglishWords = {
  title: 'State compensation',
  about: 'You fell on a broken pavement, or an official harmed you unlawfully: until when to claim, and when the authority must answer.',
  lead: ['Claim within two years after you knew of the damage, and within five years after it happened, whichever ends first.', 'Fill in the days you know; one is enough.'],
  questions: ['I have not claimed yet', 'I have claimed, or am negotiating'],
  fields: {
    known: { label: 'Day on which you knew of the damage and who answers for it' },
    damage: { label: 'Day on which the damage happened' },
    claimed: { label: 'Day on which your written claim arrived' },
    meeting: { label: 'Day of the first negotiation', hint: 'The day named in the notice, not the day you received it' },
    payment: { label: 'Day on which you asked for the agreed payment' },
  },
  steps: {
    claim: { title: 'Last day to claim', lapse: 'After that day the claim is barred (State Compensation Act §8).', notes: ['Two years from knowing, five from the damage: the earlier counts.', 'Claim in writing from the authority first; you cannot sue at once (State Compensation Act §10).'] },
    claimFromDamage: { title: 'Last day to claim, whenever you knew of it', lapse: 'After that day the claim is barred (State Compensation Act §8).', notes: ['If two years after you knew of it end earlier, that day counts.'] },
    open: { title: 'Last day for the authority to begin negotiating', lapse: 'If it has not begun by then, or refuses, you may sue (State Compensation Act §11).' },
    negotiate: { title: 'Last day to reach an agreement', lapse: 'Without agreement by then you may sue, or ask for a certificate that the negotiation failed (State Compensation Act §11).', notes: ['You may ask once for the negotiation to go on.'] },
    pay: { title: 'Last day for the authority to pay or begin to restore', lapse: 'The agreement can be enforced by the court (State Compensation Act §10).' },
  },
  next: ['Write who claims, what happened, why, the evidence and the amount, and hand it to the authority that answers for it.'],
}
