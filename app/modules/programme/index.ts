import type { Caller } from '../../core/act.ts'
import { defineModule } from '../../core/module.ts'
import { useMeetingAbout } from '../meetings/index.ts'
import { draftNext, draftSixth } from './demonstration.ts'
import { figures } from './figures.ts'
import { projectsImporter } from './import/projects.ts'
import { forumPath, listPath, programmePath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { portal, routes as open } from './portal/pages.tsx'
import { visibleTo } from './programme.ts'
import { aboutReview } from './reviews.ts'
import { routes as content } from './routes/content.tsx'
import { routes as reviews } from './routes/reviews.tsx'
import { routes as project } from './routes/project.tsx'
import { acts, routes } from './routes/programme.tsx'
import { caseKind, forumKind } from './schema.ts'

useMeetingAbout(aboutReview)

export const demonstration = { draft: (control: Caller) => draftSixth(control, acts), draftNext: (control: Caller, now: Date) => draftNext(control, now, acts) }

export const programme = defineModule({
  name: 'programme',
  title: '離島綜合建設實施方案',
  dependsOn: ['annual-plans', 'meetings'],
  routes: [...open, ...content, ...project, ...reviews, ...routes],
  portal,
  permissions,
  sensitive: ['programme.abandon'],
  personalData: [personalData],
  retention,
  figures,
  importers: [projectsImporter],
  caseTables: { programmes: 'id', case_steps: 'case_id', programme_texts: 'case_id', programme_reviews: 'case_id', programme_editions: 'case_id', programme_projects: 'case_id', programme_money: 'case_id', programme_money_changes: 'case_id', programme_forums: 'id', programme_opinions: 'case_id' },
  caseKinds: [{ kind: caseKind, label: '離島建設方案', path: programmePath, visibleTo, works: 'programme.manage' }, { kind: forumKind, label: '方案座談會', path: forumPath, visibleTo, works: 'programme.manage' }],
  navigation: [{ label: '離島建設方案', path: listPath, permission: 'programme.read', section: '計畫與管考' }],
})
