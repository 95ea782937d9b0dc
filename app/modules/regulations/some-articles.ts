import { refusal, type Refusal } from '../../core/errors.ts'
import { silentArticle } from '../../core/laws/dated.ts'
import type { Standing } from '../../core/laws/operations.ts'
import { numbersOf } from '../../core/laws/parse-text.ts'
import { type ArticleNo, articleName, articlesOf } from '../../core/laws/text.ts'
import type { Change } from './schema.ts'

/** 第三條、第五條之一 or 3、5-1 → 3, 5-1; null when one cannot be read. */
export function readNos(written: string): ArticleNo[] | null {
  const nos = written.split(/[、，,；;\s及和]+/).filter(Boolean).map((each) => numbersOf(each.replace(/第|條|點/g, '')))
  return nos.every((no) => no !== null) ? [...new Set(nos)] : null
}

/** Why these articles cannot be suspended or resumed as the law stands; null when they can. `articles` null: the whole law. */
export function refuseArticles({ change, articles }: { change: Change; articles: readonly ArticleNo[] | null }, before: Pick<Standing, 'text' | 'suspended' | 'voided'>): Refusal | null {
  if ((change !== 'suspend' && change !== 'resume') || articles === null) return null
  const name = (no: ArticleNo) => articleName(no, before.text.form)
  for (const no of articles) {
    const article = articlesOf(before.text).find((one) => one.no === no)
    if (!article) return refusal('regulation.no-article', `這個法規沒有${name(no)}`, { field: 'articles' })
    const silent = silentArticle(before, no)
    if (silent === 'void') return refusal('regulation.article-void', `${name(no)}已經函告無效`, { field: 'articles' })
    if (change === 'suspend' && silent === 'suspended') return refusal('regulation.suspended-already', `${name(no)}已經暫停適用`, { field: 'articles' })
    if (change === 'resume' && silent === null) return refusal('regulation.not-suspended', `${name(no)}沒有暫停適用`, { field: 'articles' })
  }
  return null
}

/** 第三條、第五條之一, for a title or a page. */
export const namesOf = (articles: readonly ArticleNo[], administrative: boolean): string => articles.map((no) => articleName(no, administrative ? 'point' : 'article')).join('、')
