import type { Language } from '../../../core/web/language.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Radios } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { calculatorPath } from '../paths.ts'
import type { Calculator, Field } from './calculator.ts'
import { placesOffered } from './places.ts'
import { type Read, shownValue } from './read.ts'
import { type PageWords, pageWords } from './words.ts'

/** The questions: a GET form, so that the address of an answer can be kept or sent on. */
export function CalculatorForm({ calculator, query, read, language }: { calculator: Calculator; query: Record<string, string>; read: Read; language: Language }) {
  const words = pageWords[language]
  return (
    <Form action={calculatorPath(calculator.slug, {}, language)} method="get" class="no-print">
      {calculator.questions.map(({ about, fields }, at) => {
        const controls = fields.map((field) => <FieldOf key={field.name} field={field} words={words} value={shownValue(field, query, read)} error={read.errors[field.name]} />)
        if (at === 0) return <Fieldset key={about} legend={about}>{controls}</Fieldset>
        const open = fields.some((field) => read.errors[field.name] || (field.kind !== 'choice' && query[field.name]))
        return <Details key={about} summary={about} open={open}>{controls}</Details>
      })}
      <Button>{words.calculate}</Button>
    </Form>
  )
}

function FieldOf({ field, words, value, error }: { field: Field; words: PageWords; value: string; error: string | undefined }) {
  const { name, label, hint } = field
  const base = { name, label, error, ...(hint ? { hint } : {}) }
  switch (field.kind) {
    case 'day': return <TextInput {...base} hint={<>{hint && <>{hint}{words.sentence}</>}{words.dayHint}</>} value={value} width={10} autocomplete="off" />
    case 'choice': return <Radios {...base} value={value} options={field.options} />
    case 'place': return <TextInput {...base} value={value} width={20} autocomplete="off" suggestions={[...placesOffered]} />
    case 'number': return <TextInput {...base} value={value} width={4} inputmode="numeric" suffix={field.unit} autocomplete="off" />
  }
}
