import { ErrorPage } from '../../ui/layouts/error-page.tsx'
import type { Problem } from './errors.ts'
import type { Site } from './route.ts'

export function problemPage(problem: Problem, about: { site: Site; requestId: string; staff: boolean }) {
  return (
    <ErrorPage
      county={about.site.county}
      demo={about.site.demo}
      title={problem.title}
      home={about.staff ? '/console' : '/'}
      requestNumber={problem.status >= 500 ? about.requestId : undefined}
    >
      <p>{problem.message}</p>
    </ErrorPage>
  )
}
