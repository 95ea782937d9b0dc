import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { answerOf } from '../../../own-process.ts'
import { chapters, type ReportDocument } from '../model.ts'
import { drawChart } from './draw.ts'

/** PNG by the SVG that it shows. */
export type Replacements = ReadonlyMap<string, Uint8Array>

/**
 * Every chart of the report as PNG too, for programs that do not show SVG in OpenDocument files (PowerPoint, Word, older Writers).
 * Drawn in a process of its own, so that the service does not keep fonts and canvas. The same report gives the same bytes.
 */
export async function chartPngs(document: ReportDocument): Promise<Replacements> {
  const svgs = [...new Set(chapters(document).flatMap((section) => section.blocks.flatMap((block) => (block.type === 'chart' ? drawChart(block).svg : []))))]
  if (!svgs.length) return new Map()
  const made = deserialize(await answerOf(fileURLToPath(new URL('./png-process.ts', import.meta.url)), serialize(svgs))) as Uint8Array[]
  return new Map(svgs.map((svg, i) => [svg, made[i]!]))
}
