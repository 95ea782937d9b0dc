import { readConfig } from '../config.ts'
import { readCalendarFile } from '../core/calendar/calendar-file.ts'
import { useStored } from '../core/calendar/in-use.ts'
import { deadlineCommand } from '../core/clocks/command.ts'

/** By the county's calendar and rules where the data folder has them; no database is opened. */
export async function deadline(args: string[]): Promise<number> {
  const stored = readCalendarFile(readConfig().dataFolder)
  if (stored) useStored(stored)
  const answer = deadlineCommand(args)
  process.stdout.write(answer.out)
  process.stderr.write(answer.err)
  return answer.code
}
