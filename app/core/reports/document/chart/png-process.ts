// Runs by itself: SVG charts on standard input, their PNG on standard output. See png.ts.
import { createRequire } from 'node:module'
import { deserialize, serialize } from 'node:v8'
import { createCanvas, GlobalFonts, loadImage } from '@napi-rs/canvas'

/** as fine as paper of 200 points an inch shows at the width of a page */
const scale = 2

const fonts = createRequire(import.meta.url)
for (const file of ['400Regular/NotoSansTC_400Regular.ttf', '700Bold/NotoSansTC_700Bold.ttf']) GlobalFonts.registerFromPath(fonts.resolve(`@expo-google-fonts/noto-sans-tc/${file}`), 'Noto Sans TC')

const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const made: Uint8Array[] = []
for (const svg of deserialize(Buffer.concat(parts)) as string[]) {
  const image = await loadImage(Buffer.from(svg))
  const canvas = createCanvas(image.width * scale, image.height * scale)
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  made.push(new Uint8Array(canvas.toBuffer('image/png')))
}
process.stdout.write(serialize(made))
