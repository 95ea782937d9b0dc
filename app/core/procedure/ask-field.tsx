import { Checkboxes, Radios, Select } from '../../ui/components/choices.tsx'
import { TextArea } from '../../ui/components/text-area.tsx'
import { TextInput } from '../../ui/components/text-input.tsx'
import type { Ask } from './step.ts'

type Props<State> = { ask: Ask<State>; state: State; value: string | undefined; error: string | undefined }

/** The field of one question; nothing where it may be left out and there is nothing to choose from. */
export function AskField<State>({ ask, state, value, error }: Props<State>) {
  const { name, label, hint, required = true, kind, suffix } = ask
  const preset = value ?? (typeof ask.preset === 'function' ? ask.preset(state) : ask.preset)
  const field = { name, label, error, required, ...(hint ? { hint } : {}) }
  switch (kind) {
    case 'text':
      return <TextArea {...field} rows={5} value={preset} />
    case 'choice': {
      const options = Object.entries(typeof ask.options === 'function' ? ask.options(state) : (ask.options ?? {})).map(([code, text]) => ({ value: code, text }))
      if (!required && !options.length) return null
      return options.length > 6 ? <Select {...field} value={preset} empty="請選擇" options={options} /> : <Radios {...field} value={preset} options={options} />
    }
    case 'yes':
      return <Checkboxes name={name} label={label} labelSize="hidden" required error={error} values={preset === 'yes' ? ['yes'] : []} options={[{ value: 'yes', text: label, ...(hint ? { hint } : {}) }]} />
    case 'money': case 'number':
      return <TextInput {...field} value={preset} inputmode={kind === 'number' ? 'numeric' : undefined} width={kind === 'money' ? 10 : 4} suffix={suffix ?? (kind === 'money' ? '元' : undefined)} />
    case 'day':
      return <TextInput {...field} value={preset} width={10} />
    case 'time':
      return <TextInput {...field} value={preset} width={5} />
    default:
      return <TextInput {...field} value={preset} width={30} />
  }
}
