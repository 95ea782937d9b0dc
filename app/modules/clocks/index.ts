import { defineModule } from '../../core/module.ts'
import { api } from './api.ts'
import * as board from './board/index.ts'
import * as calendar from './calendar/index.ts'
import * as calculators from './calculators/index.ts'
import * as feed from './feed/index.ts'
import { boardPath, calendarPath, rulesPath } from './paths.ts'
import { permissions } from './permissions.ts'
import * as rules from './rules/index.ts'

export { feedPagePath } from './paths.ts'

/** What the office's periods look like to people: the board of due days, officers' calendars, residents' calculators. */
export const clocks = defineModule({
  name: 'clocks',
  title: '期限',
  routes: [...board.routes, ...feed.routes, ...calculators.routes, ...calendar.routes, ...rules.routes],
  api,
  portal: calculators.portal,
  permissions,
  // the board leaves the house, by file or by an address that asks nobody; due days of all cases move
  sensitive: ['GET /console/clocks.csv', 'GET /console/clocks.ods', 'clocks.renew-feed', 'clocks.change-calendar', 'clocks.set-period', 'clocks.put-in-force'],
  navigation: [
    { label: '期限', path: boardPath, permission: 'clocks.board', section: '期限與日曆' },
    { label: '辦公日曆', path: calendarPath, permission: 'signed-in', section: '期限與日曆' },
    { label: '期間規則', path: rulesPath, permission: 'signed-in', section: '期限與日曆' },
  ],
})
