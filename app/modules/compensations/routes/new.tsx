import { registerRoutes } from '../../../core/procedure/register-page.tsx'
import { ClaimFields } from '../claim-fields.tsx'
import { newPath } from '../paths.ts'
import { registerClaim } from '../register.ts'
import { channels } from '../schema.ts'
import { procedure } from '../steps.ts'

/** A written claim, entered by the law section. */
export const routes = registerRoutes({
  procedure, path: newPath, permission: 'compensations.register', heading: '登錄國家賠償請求', channels, first: 'paper',
  receivedHint: '三十日從這一天起算，當天不算（國家賠償法 §11 I）。', filesHint: '請求書掃描檔、委任書、證據。',
  fields: async ({ value, error }, { db }) => {
    const units = await db.selectFrom('units').select('name').where('valid_until', 'is', null).where('kind', '<>', 'section').orderBy('code').execute()
    return <ClaimFields value={value} error={error} desk agencies={units.map(({ name }) => name)} />
  },
  register: ({ caller, form, files }) => registerClaim(caller, { ...form, files }),
})
