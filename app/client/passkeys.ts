/**
 * Passkeys (WebAuthn): fetches what the authenticator is asked, asks it, puts the answer into the form and sends that. The
 * JSON forms are those of WebAuthn Level 3 §5.1.8–9; written out here, since browsers of 2023 lack them.
 */
export function startPasskeys() {
  document.addEventListener('click', (event) => {
    const part = (event.target as Element).closest<HTMLElement>('[data-passkey-press]')?.closest<HTMLElement>('[data-passkey]')
    if (part) void press(part)
  })
}

/** On every page: the button shows only where it can work. */
export function enhancePasskeys(body: HTMLElement) {
  if (!('credentials' in navigator) || typeof PublicKeyCredential === 'undefined') return
  for (const part of body.querySelectorAll<HTMLElement>('[data-passkey]')) {
    part.querySelector<HTMLElement>('[data-passkey-press]')!.hidden = false
    tell(part, '')
  }
}

async function press(part: HTMLElement) {
  const form = part.closest('form')!
  tell(part, part.dataset.waiting)
  try {
    const answer = await fetch(part.dataset.options!, { method: 'POST', headers: { accept: 'application/json' } })
    if (!answer.ok) throw new Error(`options: ${answer.status}`)
    const { step, options } = await answer.json() as { step: string; options: never }
    const credential = part.dataset.passkey === 'create' ? await create(options) : await get(options)
    ;(form.elements.namedItem('passkey') as HTMLInputElement).value = JSON.stringify(credential)
    ;(form.elements.namedItem('passkeyStep') as HTMLInputElement).value = step
    tell(part, '')
    form.requestSubmit()
  } catch {
    tell(part, part.dataset.failed) // closed by the person, timed out, or refused by the authenticator: the browser has said which
  }
}

type Descriptor = { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }
type GetOptions = Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & { challenge: string; allowCredentials?: Descriptor[] }
type CreateOptions = Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> & { challenge: string; user: { id: string; name: string; displayName: string }; excludeCredentials?: Descriptor[] }

async function get(options: GetOptions) {
  const allowCredentials = options.allowCredentials?.map(described)
  const credential = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), ...(allowCredentials ? { allowCredentials } : {}) } as PublicKeyCredentialRequestOptions }) as PublicKeyCredential
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response as AuthenticatorAssertionResponse
  return {
    ...shell(credential),
    response: { authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature), ...(userHandle ? { userHandle: text(userHandle) } : {}) },
  }
}

async function create(options: CreateOptions) {
  const credential = await navigator.credentials.create({
    publicKey: { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: options.excludeCredentials?.map(described) ?? [] } as PublicKeyCredentialCreationOptions,
  }) as PublicKeyCredential
  const { attestationObject, clientDataJSON, getTransports } = credential.response as AuthenticatorAttestationResponse
  return { ...shell(credential), response: { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON), transports: getTransports?.call(credential.response) ?? [] } }
}

const shell = (credential: PublicKeyCredential) => ({ id: credential.id, rawId: credential.id, type: credential.type, authenticatorAttachment: credential.authenticatorAttachment ?? undefined, clientExtensionResults: credential.getClientExtensionResults() })
const described = (one: Descriptor) => ({ ...one, id: bytes(one.id) })

function bytes(base64url: string): ArrayBuffer {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (sign) => sign.codePointAt(0)!).buffer
}

function text(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCodePoint(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function tell(part: HTMLElement, words: string | undefined) {
  part.querySelector('[data-passkey-state]')!.textContent = words ?? ''
}
