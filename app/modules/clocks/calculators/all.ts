import { appeal } from './appeal.ts'
import type { Calculator } from './calculator.ts'
import { compensation } from './compensation.ts'
import { consumer } from './consumer.ts'
import { information } from './information.ts'
import { tender } from './tender.ts'

export const calculators: readonly Calculator[] = [appeal, compensation, information, consumer, tender]
