import { defineModule } from '../../core/module.ts'
import * as board from './board/index.ts'
import * as calculators from './calculators/index.ts'
import * as feed from './feed/index.ts'
import { boardPath } from './paths.ts'
import { permissions } from './permissions.ts'

export { feedPagePath } from './paths.ts'

/** What the office's periods look like to people: the board of due days, officers' calendars, residents' calculators. */
export const clocks = defineModule({
  name: 'clocks',
  title: '期限',
  routes: [...board.routes, ...feed.routes, ...calculators.routes],
  portal: calculators.portal,
  permissions,
  navigation: [{ label: '期限', path: boardPath, permission: 'clocks.board', section: '期限' }],
})
