import { type Change, changeName, type Instrument } from './schema.ts'
import { namesOf } from './some-articles.ts'

/** What a proposal is called: 修正「示範縣公園管理自治條例」, 暫停適用「…」第三條. */
export const titleOf = ({ name, change, instrument, articles }: { name: string; change: Change; instrument: Instrument; articles?: readonly string[] | null }): string => `${changeName(change, instrument)}「${name}」${articles ? namesOf(articles, instrument === 'administrative') : ''}`
