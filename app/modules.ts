import type { Module } from './core/module.ts'
import { appeals } from './modules/appeals/index.ts'
import { clocks } from './modules/clocks/index.ts'
import { compensations } from './modules/compensations/index.ts'
import { control } from './modules/control/index.ts'
import { consumerDisputes } from './modules/consumer-disputes/index.ts'
import { councilReportModule } from './modules/council-report/index.ts'
import { directives } from './modules/directives/index.ts'
import { figures } from './modules/figures/index.ts'
import { legalAdvice } from './modules/legal-advice/index.ts'
import { meetings } from './modules/meetings/index.ts'
import { members } from './modules/members/index.ts'
import { office } from './modules/office/index.ts'
import { personalData } from './modules/personal-data/index.ts'
import { petitions } from './modules/petitions/index.ts'
import { regulations } from './modules/regulations/index.ts'

/** The only list of modules. Order is that of the navigation. */
export const modules: Module[] = [petitions, members, regulations, appeals, compensations, consumerDisputes, legalAdvice, control, directives, meetings, clocks, figures, councilReportModule, personalData, office]
