import { NotFound } from '../../../core/errors.ts'
import { latestCheckpoint, recordKeys } from '../../../core/events/checkpoints.ts'
import { proveConsistency } from '../../../core/events/proof.ts'
import { file, get, json, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { checkpointPath, consistencyPath, recordKeysPath } from '../paths.ts'

const plain = 'text/plain; charset=utf-8'

/** The newest signed head of the record (c2sp.org/tlog-checkpoint): whoever keeps it can prove later that nothing before it was changed. */
async function checkpoint({ publicDb }: PageRequest): Promise<Reply> {
  const latest = await latestCheckpoint(publicDb)
  if (!latest) throw new NotFound('還沒有簽署過的檢核點')
  return file(latest.note, plain, undefined, true)
}

async function keys({ publicDb }: PageRequest): Promise<Reply> {
  return file((await recordKeys(publicDb)).map(({ vkey }) => `${vkey}\n`).join(''), plain, undefined, true)
}

/** `?from=100&to=200`, as base64 hashes. */
async function consistency({ publicDb, query }: PageRequest): Promise<Reply> {
  const size = (text: string | undefined) => (/^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : 0)
  const proof = await proveConsistency(publicDb, size(query.from), size(query.to))
  if (!proof) throw new NotFound('沒有這樣的大小：請給 from 和 to，from 不大於 to，to 不大於最新的檢核點')
  return json(proof)
}

export const routes: Route[] = [
  get(checkpointPath, 'public', checkpoint),
  get(recordKeysPath, 'public', keys),
  { ...get(consistencyPath, 'public', consistency), limit: 60 },
]
