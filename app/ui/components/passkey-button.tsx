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
  return (
    <div class="passkey" data-passkey={use} data-options={options} data-waiting="請依瀏覽器的指示，用指紋、臉、PIN 或安全金鑰確認。" data-failed="通行金鑰沒有完成。請再按一次，或改用別的方式。">
      <input type="hidden" name="passkey" value="" />
      <input type="hidden" name="passkeyStep" value="" />
      <span data-passkey-press hidden><Button type="button" kind="secondary">{label}</Button></span>
      <p class="muted" role="status" data-passkey-state>{label}：這個瀏覽器現在不能用，請開啟 JavaScript 並使用 https 網址。</p>
    </div>
  )
}
