import { afterAll } from 'vitest'
import { keepCalendarIn } from '../../app/core/calendar/calendar-file.ts'
import { useStored } from '../../app/core/calendar/in-use.ts'
import { nothingStored } from '../../app/core/calendar/stored.ts'
import { declareModules } from '../../app/start.ts'
import { removeTestFolders } from './folder.ts'

/** Unit test files of one worker share what they imported. Each begins as the service does: all modules declared, the calendar as it is printed and copied nowhere. */
declareModules()
useStored(nothingStored)
keepCalendarIn(null)
afterAll(removeTestFolders)
