import type { RawBuilder } from 'kysely'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Person } from '../../core/identity/permissions.ts'
import './tables.ts'

/** SQL condition "this person may see the proposal or meeting" over an alias of cases. Use it in every list, count and search. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReach(person, 'regulations.read', alias)
