import type { EnglishWords } from './words.ts'

const late = 'A late objection is not heard; the agency may still correct itself.'
const complainNotes = ['Complaints are open for procurements above the announcement threshold; about bid bonds and debarment whatever the amount (Government Procurement Act §76, Government Procurement Act §102).']

export const tender: EnglishWords = {
  title: 'Procurement objections and complaints',
  about: 'A vendor disagrees with tender documents, an award or a debarment: until when to object and to complain.',
  lead: ['Object to the procuring agency first; if you disagree with its answer, complain to the review board.', 'What counts is the day on which the agency receives it.'],
  questions: ['I want to object', 'I have objected, or want to complain'],
  fields: {
    against: { label: 'What do you object to?', options: { documents: 'The tender documents', change: 'A clarification, change or supplement', result: 'How bids were opened, evaluated or awarded', blacklist: 'A notice of debarment' } },
    notice: { label: 'Day of publication, or on which you were told', hint: 'If neither, the day you knew of it' },
    tenderDays: { label: 'Tender time', hint: 'Days from publication to closing; only for the tender documents', needed: 'Give the tender time in days: the period for objections is a quarter of it', unit: 'days' },
    awarded: { label: 'Day of the award', hint: 'If it was awarded already' },
    objected: { label: 'Day on which the agency received your objection' },
    answered: { label: 'Day on which you received the answer to it' },
    complained: { label: 'Day on which the review board received your complaint' },
  },
  steps: {
    documents: { title: 'Last day to object to the tender documents', lapse: late, notes: ['A quarter of the tender time, part of a day counting as one, at least ten days (Government Procurement Act §75).'] },
    change: { title: 'Last day to object to a clarification or change', lapse: late, notes: ['If you were told and it was published, the later day counts.'] },
    result: { title: 'Last day to object to how it went', lapse: late, notes: ['Whenever you knew of it: fifteen days after the award at the latest (Government Procurement Act §75).'] },
    blacklist: { title: 'Last day to object to a debarment', lapse: 'Otherwise it is published, and you may not bid while it lasts (Government Procurement Act §102).' },
    decide: { title: 'Last day for the agency to answer your objection', lapse: 'If it has not answered by then, you may complain (Government Procurement Act §76).' },
    'complain-after-silence': { title: 'Last day to complain if the agency does not answer', lapse: 'A late complaint is not heard (Government Procurement Act §76).', notes: complainNotes },
    complain: { title: 'Last day to complain', lapse: 'A late complaint is not heard (Government Procurement Act §76).', notes: complainNotes },
    review: { title: 'Last day for the review board', lapse: 'It may be extended by forty days (Government Procurement Act §78). Against its decision you may go to court (Government Procurement Act §83).' },
  },
  next: ['Object in writing: who you are, what happened, why, and the evidence.'],
}
