import { routes as dispatch } from './routes/dispatch.tsx'
import { routes as rules } from './routes/rules.tsx'
import { routes as tray } from './routes/tray.tsx'

/** 分文: the desk's tray, suggestions and their rules, return and reassignment. */
export const routes = [...tray, ...rules, ...dispatch]
