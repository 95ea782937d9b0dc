import { registerRoutes } from '../../../core/procedure/register-page.tsx'
import { DisputeFields } from '../dispute-fields.tsx'
import { newPath } from '../paths.ts'
import { registerDispute } from '../register.ts'
import { channels } from '../schema.ts'
import { procedure } from '../steps.ts'

/** A complaint that came otherwise than by the portal, entered by the ombudsman's office. */
export const routes = registerRoutes({
  procedure, path: newPath, permission: 'consumer-disputes.register', heading: '登錄消費爭議', channels, first: 'counter', filesHint: '申訴書、契約、發票、對話紀錄。',
  fields: ({ value, error }) => Promise.resolve(<DisputeFields value={value} error={error} desk />),
  register: ({ caller, form, files }) => registerDispute(caller, { ...form, files }),
})
