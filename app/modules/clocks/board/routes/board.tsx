import { consolePage } from '../../../../core/web/pages.tsx'
import { get } from '../../../../core/web/route.ts'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { boardPath } from '../../paths.ts'

export const routes = [get(boardPath, 'clocks.board', async (request) => consolePage(request, { title: '期限', current: boardPath, children: <EmptyState title="沒有要到期的事" /> }))]
