import type { ServiceRules } from '../../service-rules.ts'

/** What each refusal of the resident's acts says in English, by its code. A test asks for every code that they can give. */
export const refusalWords: Record<string, string | ((rules: ServiceRules) => string)> = {
  'input.invalid': 'Please check what you entered.',
  'advice.speciality': 'Please choose first what you want to ask about.',
  'advice.too-many': ({ openMax }) => `One e-mail address can have ${openMax} ${openMax === 1 ? 'booking or place' : 'bookings or places'} on a waiting list at a time. Please confirm the earlier ones, or cancel them with the link in their mail.`,
  'advice.no-shows': ({ noShowDays }) => `Somebody booked with this address and did not come. It can be used on the web again ${noShowDays} days after that. Please come without a booking and wait for your turn, or book by telephone or at the counter.`,
  'advice.gone': 'This time can no longer be booked. Please choose another.',
  'advice.closed': 'This time is over, or begins too soon to be booked. Please choose another, or come without a booking and wait for your turn.',
  'advice.other-speciality': 'The lawyer at this time does not advise on this kind of matter. Please choose another time.',
  'slot.taken': 'Somebody else has just booked this time. Please choose another.',
  'advice.unknown': 'This link is incomplete, or the booking was deleted.',
  'advice.session-over': 'This session was cancelled or is over. Please choose another time.',
  'advice.expired': 'The time to confirm is over. Please book again.',
  'advice.offer-over': 'This time has gone to the next who waits.',
  'advice.over': 'This booking is over.',
  'advice.there': 'You have checked in already. Please tell the counter.',
  'advice.begun': 'Your time has come already. Please call us.',
}

/** What is wrong with a field of the form. */
export const fieldWords: Record<string, string> = {
  name: 'Give your name, in 2 to 50 characters',
  email: 'Give an e-mail address that can receive mail, for example name@example.org',
  phone: 'Write the telephone number in at most 40 characters',
  opponent: 'Write the name of the other side in at most 50 characters',
}
