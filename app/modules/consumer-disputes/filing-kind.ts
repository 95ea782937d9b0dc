import type { FilingKind } from '../../core/filing/filing.ts'
import { publicPath } from './paths.ts'
import { caseKind, numberPrefix } from './schema.ts'
import './tables.ts'

/** How a dispute is filed and followed by people without an account. */
export const filing: FilingKind = {
  kind: caseKind, noun: 'consumer-dispute', title: '消費爭議申訴', numberPrefix, base: publicPath, received: 'received', tables: ['consumer_disputes'],
  confirmed: async () => {},
  erase: async (tx, id) => void (await tx.updateTable('consumer_disputes').set({ facts: '', asked: '', disputed_twd: null, category: null, first_on: null, first_to: null }).where('id', '=', id).execute()),
}
