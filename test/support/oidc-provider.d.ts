declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'
  /** Of its many settings only what the tests give. */
  export class Provider {
    constructor(issuer: string, settings: Record<string, unknown>)
    callback(): RequestListener
  }
}
