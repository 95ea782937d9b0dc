import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { WrongUse } from './core/errors.ts'
import { isCheckpointPlace } from './core/events/checkpoint-places.ts'

export const projectFolder = fileURLToPath(new URL('..', import.meta.url))

const flag = z.enum(['0', '1']).transform((text) => text === '1')

/** An identity provider by OpenID Connect: WINDLION_OIDC_* for staff, WINDLION_RESIDENT_OIDC_* and WINDLION_VENDOR_OIDC_* for members. */
const audiences = { staff: 'WINDLION_OIDC', resident: 'WINDLION_RESIDENT_OIDC', vendor: 'WINDLION_VENDOR_OIDC' } as const
const namesOfProviders = { staff: '縣府單一簽入', resident: '身分識別服務', vendor: '廠商身分識別服務' } as const
const providerSettings = Object.fromEntries(Object.values(audiences).flatMap((prefix) => [
  [`${prefix}_ISSUER`, z.url({ protocol: /^https?$/ }).optional()],
  ...['CLIENT_ID', 'CLIENT_SECRET', 'NAME', 'SCOPE', 'CLAIM'].map((name) => [`${prefix}_${name}`, z.string().optional()]),
])) as Record<string, z.ZodOptional<z.ZodType<string>>>

const Settings = z.object({
  ...providerSettings,
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** owner of the tables, for migrations; DATABASE_URL is then a login of its own that is only a member of windlion_app and windlion_public */
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WINDLION_DATA: z.string().default('data'),
  WINDLION_DEMO: flag.default(true),
  /** command that wraps and unwraps the keys of personal data (a KMS); unset: the key file holds them as they are */
  WINDLION_KEYS_COMMAND: z.string().optional(),
  /** where residents reach the portal; printed in mails */
  WINDLION_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** 1 behind a reverse proxy that sets X-Forwarded-* */
  WINDLION_PROXY: flag.default(false),
  WINDLION_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** bearer token for /metrics; unset: only from this machine */
  WINDLION_METRICS_TOKEN: z.string().min(16, '至少 16 個字').optional(),
  /** ClamAV's daemon that looks at every uploaded file: tcp://host:3310 or unix:/path; unset: nothing is scanned */
  WINDLION_CLAMD: z.string().regex(/^(tcp:\/\/[^/\s]+|unix:\/\S+)$/, '寫成 tcp://主機:3310 或 unix:/路徑').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('縣民信箱 <noreply@windlion.example>'),
  /** port of the mail intake; 0 takes any free port, unset: no intake */
  INTAKE_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  INTAKE_HOST: z.string().default('127.0.0.1'),
  INTAKE_LMTP: flag.default(false),
  /** address=channel pairs, comma-separated, e.g. mayor@county.example=縣長電子信箱 */
  INTAKE_MAILBOXES: z.string().default('mayor@windlion.example=縣長電子信箱,premier@windlion.example=院長電子信箱,president@windlion.example=總統信箱'),
  /** imap(s)://user:password@host/folder?channel=縣長電子信箱 */
  IMAP_URL: z.string().optional(),
  /** where signed checkpoints are sent too, comma-separated: a file, mailto:…, https://… */
  WINDLION_CHECKPOINTS: z.string().default('').transform(placesOf).refine((places) => places.every(isCheckpointPlace), '每一處須是絕對路徑的檔案、mailto: 信箱或 https:// 網址（http:// 只限本機），以逗號分開'),
})

function placesOf(text: string): string[] {
  return text.split(',').map((one) => one.trim()).filter(Boolean)
}


export type Config = ReturnType<typeof readConfig>

/** Every setting, checked once at start. Throws WrongUse with one sentence a setting. */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const known = Object.fromEntries(Object.keys(Settings.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]))
  const parsed = Settings.safeParse(known)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `設定 ${issue.path.join('.')} 不正確（${env[String(issue.path[0])]}）：${issue.message}`)
    throw new WrongUse(lines.join('\n'))
  }
  const s = parsed.data
  return {
    port: s.PORT,
    host: s.HOST,
    databaseUrl: s.DATABASE_URL,
    databaseOwnerUrl: s.DATABASE_OWNER_URL,
    dataFolder: isAbsolute(s.WINDLION_DATA) ? s.WINDLION_DATA : resolve(projectFolder, s.WINDLION_DATA),
    demo: s.WINDLION_DEMO,
    keysCommand: s.WINDLION_KEYS_COMMAND,
    publicUrl: s.WINDLION_URL,
    clamd: s.WINDLION_CLAMD,
    behindProxy: s.WINDLION_PROXY,
    logLevel: s.WINDLION_LOG,
    metricsToken: s.WINDLION_METRICS_TOKEN,
    smtpUrl: s.SMTP_URL,
    mailFrom: s.MAIL_FROM,
    intake: s.INTAKE_PORT === undefined ? null : { port: s.INTAKE_PORT, host: s.INTAKE_HOST, lmtp: s.INTAKE_LMTP },
    mailboxes: Object.fromEntries(s.INTAKE_MAILBOXES.split(',').map((pair) => pair.split('=').map((part) => part.trim()) as [string, string])),
    imapUrl: s.IMAP_URL,
    checkpointPlaces: s.WINDLION_CHECKPOINTS,
    providers: (Object.keys(audiences) as (keyof typeof audiences)[]).flatMap((audience) => readProvider(audience, s as Record<string, unknown>)),
  }
}

function readProvider(audience: keyof typeof audiences, settings: Record<string, unknown>) {
  const setting = (name: string) => settings[`${audiences[audience]}_${name}`] as string | undefined
  const issuer = setting('ISSUER')
  if (!issuer) return []
  const clientId = setting('CLIENT_ID')
  if (!clientId) throw new WrongUse(`設定了 ${audiences[audience]}_ISSUER，也要設定 ${audiences[audience]}_CLIENT_ID`)
  const claim = setting('CLAIM') ?? (audience === 'staff' ? 'preferred_username' : 'email')
  return [{ audience, issuer, clientId, clientSecret: setting('CLIENT_SECRET'), name: setting('NAME') ?? namesOfProviders[audience], scope: setting('SCOPE') ?? 'openid profile email', claim }]
}
