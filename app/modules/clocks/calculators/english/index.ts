import type { Calculator, Field } from '../calculator.ts'
import { appeal } from './appeal.ts'
import { compensation } from './compensation.ts'
import { consumer } from './consumer.ts'
import { information } from './information.ts'
import { tender } from './tender.ts'
import type { EnglishWords } from './words.ts'

const english: Record<string, EnglishWords> = { appeal, compensation, information, consumer, tender }

/** The same calculator with English words: questions and periods are the same, only told otherwise. */
export function inEnglish(calculator: Calculator): Calculator {
  const words = english[calculator.slug]!
  return {
    ...calculator,
    title: words.title,
    about: words.about,
    lead: words.lead,
    questions: calculator.questions.map(({ fields }, at) => ({ about: words.questions[at]!, fields: fields.map((field) => fieldInEnglish(field, words)) })),
    steps: calculator.steps.map(({ notes: _notes, ...step }) => ({ ...step, ...words.steps[step.key]! })),
    next: words.next,
  }
}

function fieldInEnglish(field: Field, { fields }: EnglishWords): Field {
  const { label, hint, needed, unit, options } = fields[field.name]!
  const { hint: _hint, ...rest } = field
  const told = { ...rest, label, ...(hint ? { hint } : {}), ...(field.needed ? { needed: (facts: Parameters<typeof field.needed>[0]) => (field.needed!(facts) ? needed! : null) } : {}) } as Field
  if (told.kind === 'number') return { ...told, unit: unit! }
  if (told.kind !== 'choice') return told
  return { ...told, options: told.options.map(({ value }) => {
    const words = options![value]!
    return typeof words === 'string' ? { value, text: words } : { value, text: words[0], hint: words[1] }
  }) }
}
