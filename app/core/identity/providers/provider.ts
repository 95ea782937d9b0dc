/**
 * Somebody else who says who a visitor is: the county's single sign-on, a national identity service. OpenID Connect is the one
 * written here (open-id.ts); another service (自然人憑證, a SAML gateway) becomes one more function that returns this.
 */
export type IdentityProvider = {
  /** on the button: 縣府單一簽入 */
  name: string
  /** stands for the provider in what is stored */
  issuer: string
  /** whether it answers now; asked again when it has not been for a while */
  state(): Promise<'up' | 'down'>
  /** Where the visitor is sent, and what must be kept till they come back. Throws ProviderDown. `again`: they must show there anew who they are. */
  begin(returnTo: string, again?: boolean): Promise<{ to: string; kept: Kept }>
  /** Who came back, checked by the provider's keys. Throws ProviderDown, and ProviderRefused when the answer does not hold. */
  finish(address: URL, kept: Kept): Promise<Identity>
}

export type Kept = { verifier: string; nonce: string; state: string }

export type Identity = {
  /** the provider's own, never changing name for them */
  subject: string
  /** the claim by which they are found the first time: a login or an address, verified by the provider */
  claim: string | null
  by: 'login' | 'email'
  email: string | null
  /** they have shown more than a password there (amr, RFC 8176) */
  strong: boolean
}

export class ProviderDown extends Error {
  override name = 'ProviderDown'
}

export class ProviderRefused extends Error {
  override name = 'ProviderRefused'
}

/** For whom a provider speaks: colleagues, residents, vendors. */
export type Audience = 'staff' | 'resident' | 'vendor'

const providers = new Map<Audience, IdentityProvider>()

/** Once at start, from the settings. */
export function useProvider(audience: Audience, provider: IdentityProvider): void {
  providers.set(audience, provider)
}

/** null: the county has none. */
export function providerOf(audience: Audience): IdentityProvider | null {
  return providers.get(audience) ?? null
}
