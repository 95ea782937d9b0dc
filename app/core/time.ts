// Days and instants of the office, always Asia/Taipei. See time/day.ts for what a Day is.
export * from './time/day.ts'
export * from './time/read.ts'
export * from './time/print.ts'
