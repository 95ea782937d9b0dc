// First half of `npm start`: everything that must be there before the service can run. package.json then calls
// `exec bin/windlion serve`, so that the service is one process that signals reach.
import { build, giveUp, install, StepFailed } from './runtime.mjs'

try {
  if (Number(process.versions.node.split('.')[0]) < 18) throw new StepFailed(`需要 Node.js 18 以上，這裡是 ${process.versions.node}：請先更新。`)
  await install()
  await build()
} catch (cause) {
  giveUp(cause)
}
