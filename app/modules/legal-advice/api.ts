import { z } from 'zod'
import { apiRoute } from '../../core/web/api.ts'
import { isoMinute } from '../../core/time/print.ts'
import { findOpenSessions, findSpecialities } from './portal/queries.ts'

const Session = z.object({
  number: z.string().describe('場次編號'),
  on: z.iso.date(), startsAt: z.string(), endsAt: z.string(), minutes: z.number().int().describe('每次分鐘'), place: z.string(),
  free: z.array(z.object({ at: z.string().describe('開始時間，臺北時間'), lawyer: z.string(), specialities: z.array(z.string()).describe('類別代碼') })).describe('還可以預約的時間'),
})

/** Open data: what everybody may see on the portal. Statistics are with the published figures. */
export const api = [
  apiRoute({
    method: 'GET', path: '/legal-advice/sessions', permission: 'public', summary: '法律諮詢：開放預約的場次和還空著的時間', limit: 60,
    response: z.object({ specialities: z.array(z.object({ code: z.string(), name: z.string() })), sessions: z.array(Session) }),
    handle: async ({ publicDb }) => {
      const specialities = await findSpecialities(publicDb)
      const sessions = await findOpenSessions(publicDb, new Date())
      const codes = new Map(specialities.map(({ id, code }) => [id, code]))
      return {
        specialities: specialities.map(({ code, name }) => ({ code, name })),
        sessions: sessions.map(({ number, heldOn, startsAt, endsAt, minutes, place, slots }) => ({
          number, on: heldOn, startsAt, endsAt, minutes, place,
          free: slots.filter(({ free }) => free).map((slot) => ({ at: isoMinute(new Date(slot.at)), lawyer: slot.lawyer, specialities: slot.specialities.flatMap((id) => codes.get(id) ?? []) })),
        })),
      }
    },
  }),
]
