import type { EnglishWords } from './words.ts'

const services = {
  送達: 'Handed to me, to my family or to the caretaker',
  寄存送達: ['Left at a post office or police station, with a notice at the door', 'Give the day it was left there, not the day you fetched it'] as [string, string],
  公示送達: ['By public notice', 'Give the day of the notice'] as [string, string],
}

export const appeal: EnglishWords = {
  title: 'Administrative appeal',
  about: 'You were fined, refused or given another decision and disagree; you applied and hear nothing; you wonder whether to go to court.',
  lead: ['Against the decision of an authority you may appeal within thirty days. If you live far from the authority that decides on the appeal, travelling time is added.', 'Fill in the days you know; one is enough.'],
  questions: ['I received a decision and disagree', 'The decision was made to somebody else and affects my rights', 'I applied and nothing was decided', 'I appealed and wait for the answer', 'I received the answer to my appeal and disagree'],
  fields: {
    served: { label: 'Day on which you received the decision' },
    service: { label: 'How it reached you', options: services },
    told: { label: 'Does it say that you may appeal, and until when?', options: { yes: 'Yes', no: 'No, or wrongly and never corrected' } },
    maker: {
      label: 'Who made the decision?',
      options: {
        below: ['A township office, or an office or school of the county', 'The county government decides on the appeal'],
        county: ['The county government', 'The ministry in Taipei decides on the appeal'],
        other: ['Another authority', 'Say below where the authority sits that decides on the appeal'],
      },
    },
    seat: { label: 'Where the authority sits that decides on the appeal', hint: 'Only if you chose another authority above', needed: 'Say where that authority sits: the travelling time depends on it' },
    residence: { label: 'Where you live', hint: 'Such as 金門縣 (Kinmen), 臺北市 (Taipei), 香港 (Hong Kong). Where you live counts, not where you are registered', needed: 'Say where you live: the travelling time depends on it' },
    representative: { label: 'Does somebody live where that authority sits who may appeal for you?', options: { no: 'No', yes: ['Yes', 'Then no travelling time is added'] } },
    knew: { label: 'Day on which you knew of the decision', hint: 'Fill in the authority and where you live above, too' },
    servedOther: { label: 'Day on which the other person received it', hint: 'If you know it; three years after it nobody may appeal' },
    applied: { label: 'Day on which you applied' },
    filed: { label: 'Day on which your appeal arrived' },
    decided: { label: 'Day on which you received the answer to your appeal' },
    decidedService: { label: 'How that answer reached you', options: services },
  },
  steps: {
    file: {
      title: 'Last day to appeal',
      lapse: 'A late appeal is not heard (Administrative Appeal Act §77). The authority may still revoke a decision that is plainly unlawful (Administrative Appeal Act §80). If a disaster kept you from it, ask for reinstatement within ten days after it ended (Administrative Appeal Act §15).',
      notes: ['It must have arrived by then; the postmark does not count (Administrative Appeal Act §14).', 'If you have no time for reasons, say that you disagree, and hand in the reasons within thirty days (Administrative Appeal Act §57).', 'The thirty days cannot be extended.'],
    },
    untold: { title: 'Last day that still counts as in time, since the decision did not tell you', lapse: 'After that day an appeal no longer counts as in time (Administrative Procedure Act §98).', notes: ['Without notice of the remedy, or with a wrong one, one year from service counts as in time. Better appeal within thirty days.'] },
    third: { title: 'Last day for you, as a third party, to appeal', lapse: 'A late appeal is not heard (Administrative Appeal Act §77).', notes: ['Thirty days from knowing, and not later than three years after the decision was served (Administrative Appeal Act §14).', 'It must have arrived by then; the postmark does not count.'] },
    inaction: { title: 'Last day for the authority to decide', lapse: 'If nothing was decided by then, you may appeal against the inaction (Administrative Appeal Act §2).', notes: ['Two months, unless a law sets another period.'] },
    decision: { title: 'Last day for the decision on your appeal', lapse: 'After that day you may go to court without waiting (Administrative Litigation Act §4).', notes: ['It may be extended once by up to two months; you are told (Administrative Appeal Act §85). If you add reasons, the period starts again.'] },
    sue: { title: 'Last day to go to the administrative court', lapse: 'After that day the decision stands (Administrative Litigation Act §106).', notes: ['It must have arrived at the court by then. The court has a travelling time of its own, which is not added here; ask the court.'] },
  },
  next: ['Hand the appeal to the authority that made the decision; it passes it on (Administrative Appeal Act §58).'],
}
