// Writes what identifies the people of a county into a file of its data folder: `write-personal-strings.ts DATA-FOLDER`. A process of its own, since it needs
// all modules, which no process of the journeys has.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../../app/core/db.ts'
import { openDatabase } from '../../app/core/database/embedded.ts'
import { loadPersonalDataKeys } from '../../app/core/personal-data/index.ts'
import { declareModules } from '../../app/start.ts'
import { personalStrings } from './personal-traces.ts'
import { modelNotes } from './service.ts'

const dataFolder = process.argv[2]!
declareModules()
loadPersonalDataKeys(dataFolder)
const database = await openDatabase({ dataDir: dataFolder })
const { db, close } = connect(database.url, { max: 1 })
writeFileSync(join(dataFolder, modelNotes.people), JSON.stringify([...await personalStrings(db)]))
await close()
await database.close()
