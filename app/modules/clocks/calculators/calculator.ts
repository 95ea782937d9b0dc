import type { DeadlineParams } from '../../../core/clocks/index.ts'
import type { Day } from '../../../core/time.ts'

/** What a resident filled in, read and checked. */
export type Facts = {
  days: Record<string, Day | undefined>
  /** choices, places, by field name; '' where nothing was chosen */
  texts: Record<string, string>
  numbers: Record<string, number | undefined>
}

type FieldBase = { name: string; label: string; hint?: string; /** needed because of what else is filled in; the sentence to say otherwise */ needed?: (facts: Facts) => string | null }
export type DayField = FieldBase & { kind: 'day' }
export type ChoiceField = FieldBase & { kind: 'choice'; options: { value: string; text: string; hint?: string }[]; preset: string }
/** where somebody lives or an authority sits, in the names of the travel table */
export type PlaceField = FieldBase & { kind: 'place'; /** why nothing can be told of the place, with what else was filled in */ refuse?: (facts: Facts) => string | null }
export type NumberField = FieldBase & { kind: 'number'; min: number; max: number; unit: string }
export type Field = DayField | ChoiceField | PlaceField | NumberField

/** One period that matters to the resident. */
export type Step = {
  key: string
  /** of the rulebook */
  rule: string
  /** the day field from which it runs, or an earlier step whose end starts it */
  from: string | { step: string }
  when?: (facts: Facts) => boolean
  params?: (facts: Facts) => DeadlineParams
  /** whose period it is: one's own are told first */
  who: 'you' | 'office' | 'business'
  /** 您提起訴願的最後一天 */
  title: string
  /** what follows when it passes, plainly; citations as 「訴願法 §77」 become links */
  lapse: string
  /** what must be kept in mind, such as what counts as filed */
  notes?: string[]
}

/** Every field, in the order of the form. */
export const fieldsOf = ({ questions }: Calculator): Field[] => questions.flatMap(({ fields }) => fields)

/** A calculator on the portal: a short form, and the periods that follow from it. */
export type Calculator = {
  slug: string
  /** 訴願期限 */
  title: string
  about: string
  /** before the form: when to use it, what it takes for granted */
  lead: string[]
  /** the first questions are open; the others, by situation, open when asked for */
  questions: { about: string; fields: Field[] }[]
  /** at least one of these days is asked for */
  startDays: string[]
  steps: Step[]
  /** what to do next, where to ask */
  next: string[]
  /** filled in, for a look */
  example: Record<string, string>
}
