import { publishAll } from '../../core/figures/publish.ts'
import { defineJob } from '../../core/jobs/jobs.ts'

/** Each morning the public gets the figures as the office knows them; running twice writes the same. */
export const publishFigures = defineJob({
  name: 'figures.publish',
  as: 'system',
  title: '公布統計數字',
  every: '30 5 * * *',
  run: async (db) => {
    await publishAll(db, new Date())
  },
})

export const jobs = [publishFigures]
