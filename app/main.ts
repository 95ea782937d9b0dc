import { readConfig } from './config.ts'
import { fail } from './fail.ts'
import { serve } from './serve.ts'

await serve(readConfig).catch(fail)
