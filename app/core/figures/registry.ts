import { WrongUse } from '../errors.ts'
import type { FigureDefinition } from './figure.ts'

const figures = new Map<string, FigureDefinition>()

/** Called once at start with every module's figures. */
export function registerFigures(definitions: FigureDefinition[]): void {
  for (const definition of definitions) {
    const hasOwnParts = definition.adds === 'breakdown' || definition.adds === 'balance'
    if (hasOwnParts !== definition.splits.includes('part')) throw new Error(`the figure ${definition.id} ${hasOwnParts ? 'must' : 'cannot'} be split by part`)
    if ((definition.adds === 'ratio') !== (definition.over !== undefined)) throw new Error(`the figure ${definition.id} needs \`over\` for a ratio, and only then`)
    figures.set(definition.id, definition)
  }
}

export function findFigure(id: string): FigureDefinition | undefined {
  return figures.get(id)
}

/** Throws WrongUse that names the nearest known ids. */
export function getFigure(id: string): FigureDefinition {
  const found = figures.get(id)
  if (found) return found
  const near = [...figures.keys()].filter((known) => known.split('.')[0] === id.split('.')[0])
  throw new WrongUse(`沒有「${id}」這個統計數字；${near.length ? `相近的有：${near.join('、')}` : `現有：${[...figures.keys()].join('、')}`}`)
}

export function allFigures(): FigureDefinition[] {
  return [...figures.values()]
}
