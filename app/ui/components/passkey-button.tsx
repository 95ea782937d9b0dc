import { useWords } from '../words.ts'
import { Button } from './button.tsx'

export interface PasskeyButtonProps {
  label: string
  /** `get` shows a passkey that exists, `create` makes a new one. */
  use?: 'get' | 'create'
  /** Where the browser fetches what its authenticator is asked. */
  options?: string
}

/**
 * Inside a form: asks the browser's authenticator, puts its answer into the form and sends it. It needs script and a browser
 * that knows passkeys; else a sentence stands in its place.
 */
export function PasskeyButton({ label, use = 'get', options = '/sign-in/passkey/options' }: PasskeyButtonProps) {
  const words = useWords()
  return (
    <div class="passkey" data-passkey={use} data-options={options} data-waiting={words.passkeyWaiting} data-failed={words.passkeyFailed}>
      <input type="hidden" name="passkey" value="" />
      <input type="hidden" name="passkeyStep" value="" />
      <span data-passkey-press hidden><Button type="button" kind="secondary">{label}</Button></span>
      <p class="muted" role="status" data-passkey-state>{label}{words.passkeyUnavailable}</p>
    </div>
  )
}
