import type { Module } from './core/module.ts'
import { office } from './modules/office/index.ts'
import { petitions } from './modules/petitions/index.ts'

/** The only list of modules. Order is that of the navigation. */
export const modules: Module[] = [petitions, office]
