import type { Day } from '../../time.ts'

/**
 * A paper of the office in the gazette's form: plain lines, one after another. `heading` is centred, `label` is bold, `item` hangs by its label, `line` is
 * indented by `depth`, `table` is a real table, `text` is running text whose first line is indented by two characters, `source` small and at the right.
 */
export type PaperLine =
  | { style: 'source' | 'heading' | 'text' | 'label' | 'plain'; text: string }
  | { style: 'item'; label: string; text: string }
  | { style: 'line'; depth: 0 | 1 | 2 | 3; text: string }
  | { style: 'table'; head: readonly string[] | null; rows: readonly (readonly string[])[] }

/** `title` stands on top and in the file's properties: it must be as fit for others' eyes as the text. `on`: the day in the file, so that the same paper gives the same bytes. */
export type Paper = { title: string; on: Day; lines: readonly PaperLine[]; /** whose paper it is, for its properties; none for one that was masked */ author?: string; /** how far items hang, in mm (PDF); 26 without */ hanging?: number }

/** Several lines of one style from a text with line ends; empty lines are left out. */
export const linesOf = (style: 'text' | 'plain' | 'source', text: string): PaperLine[] => text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => ({ style, text: line }))
