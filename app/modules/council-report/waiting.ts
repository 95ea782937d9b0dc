import { periodName } from '../../core/figures/periods.ts'
import { reach } from '../../core/identity/permissions.ts'
import type { Waiting } from '../../core/module.ts'
import { findUnconfirmed } from '../../core/reports/waiting.ts'
import { reportPath } from './paths.ts'
import { councilReport } from './report.ts'

/** Sections that still wait for their unit's word: one's own units', or for the editor everybody's. */
export const waiting: Waiting = {
  permission: 'reports.write',
  find: async ({ db, person }) => {
    const reports = await findUnconfirmed(db, councilReport.kind, reach(person, 'reports.write'))
    return reports.map((report) => ({ text: '業務報告還沒確認的章', note: periodName({ from: report.from_day, to: report.to_day }), href: reportPath(report.id), count: report.sections }))
  },
}
