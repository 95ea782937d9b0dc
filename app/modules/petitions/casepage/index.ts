import { routes as files } from './routes/files.ts'
import { routes as print } from './routes/print.tsx'
import { routes as proof } from './routes/proof.tsx'
import { routes as show } from './routes/show.tsx'
import { routes as similar } from './routes/similar.tsx'

/** One case, whole. */
export const routes = [...show, ...similar, ...print, ...proof, ...files]
