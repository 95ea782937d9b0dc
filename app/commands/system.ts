import { readConfig } from '../config.ts'
import { openSystem, type System } from '../start.ts'

/** Runs a command on the data folder's database, whether or not the service is running there. */
export async function onSystem(run: (system: System) => Promise<number>): Promise<number> {
  const system = await openSystem(readConfig())
  try {
    return await run(system)
  } finally {
    await system.close()
  }
}
