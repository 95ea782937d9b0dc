import type { FastifyRequest } from 'fastify'

/** Everything from here, nothing inline, in nobody's frame. Trusted types are left out: Turbo writes pages by innerHTML. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'none'; worker-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

/** The list of the OWASP secure headers project. Constant, since a library made them anew for each request. */
const always: Record<string, string> = {
  'content-security-policy': policy,
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-xss-protection': '0',
  'x-permitted-cross-domain-policies': 'none',
  'permissions-policy': 'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(self), usb=()',
}
const overTls: Record<string, string> = { ...always, 'content-security-policy': `${policy}; upgrade-insecure-requests`, 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** The same on every answer; over TLS also that it stays so. `protocol` is the proxy's word only where a proxy is trusted. */
export const safetyHeaders = (request: FastifyRequest): Record<string, string> => (request.protocol === 'https' ? overTls : always)
