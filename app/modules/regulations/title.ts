import { type Change, changeName, type Instrument } from './schema.ts'

/** What a proposal is called: 修正「示範縣公園管理自治條例」. */
export const titleOf = ({ name, change, instrument }: { name: string; change: Change; instrument: Instrument }): string => `${changeName(change, instrument)}「${name}」`
