import type { PersonalFile } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { meetingKind } from './schema.ts'

export const personalData: PersonalFile[] = []

/** No source at hand names a period: nothing is destroyed until the county enters the approved one. */
export const retention: RetentionClass[] = [{ id: 'meetings', kind: meetingKind, title: '縣務會議、主管會報及其他會議', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
