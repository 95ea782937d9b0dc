import { figuresPath } from '../../core/figures/paths.ts'

export const publicationsPath = `${figuresPath}/publications`
