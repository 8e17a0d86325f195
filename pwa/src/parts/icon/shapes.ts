/**
 * The drawn set: 24 px box, stroke 2, round caps, no fill. One meaning each.
 *
 * `phone` this device, `way` on the way, `office` at the office, `door` result handed over,
 * `safe` stored with proof, `check` in order, `alert` needs action, `hourglass` working or
 * stopped midway, `clock` until when, `cut` no network, `lock` privacy.
 *
 * Here is what stands on a phone until the first question; `more.ts` adds the others.
 */
import type { more } from './more.ts'

export const first = {
  phone: 'M9 2.5h6a2.5 2.5 0 0 1 2.5 2.5v14a2.5 2.5 0 0 1 -2.5 2.5h-6a2.5 2.5 0 0 1 -2.5 -2.5v-14a2.5 2.5 0 0 1 2.5 -2.5zM10.5 18h3',
  way: 'M21 3 10.5 13.5M21 3l-6.5 18-4-7.5L3 9.5z',
  office: 'M3 21h18M5 21V9.5M19 21V9.5M2.5 9.5 12 3.5l9.5 6zM9.5 21v-7h5v7',
  alert: 'M12 3.5 2.5 20.5h19zM12 10v4.5M12 17.4v.1',
  clock: 'M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0 -19 0zM12 6.5V12l3.5 2.5',
  money: 'M4.5 5.5h15a2 2 0 0 1 2 2v9a2 2 0 0 1 -2 2h-15a2 2 0 0 1 -2 -2v-9a2 2 0 0 1 2 -2zM9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM6 9v.1M18 15v.1',
  paper: 'M6 2.5h8l5 5v14H6zM14 2.5v5h5M9 12.5h7M9 16.5h5',
  qr: 'M4 3h5a1 1 0 0 1 1 1v5a1 1 0 0 1 -1 1h-5a1 1 0 0 1 -1 -1v-5a1 1 0 0 1 1 -1zM15 3h5a1 1 0 0 1 1 1v5a1 1 0 0 1 -1 1h-5a1 1 0 0 1 -1 -1v-5a1 1 0 0 1 1 -1zM4 14h5a1 1 0 0 1 1 1v5a1 1 0 0 1 -1 1h-5a1 1 0 0 1 -1 -1v-5a1 1 0 0 1 1 -1zM14 14h3v3M21 14v7h-7v-2M6.5 6.5v.1M17.5 6.5v.1M6.5 17.5v.1',
  back: 'M19 12H5M11 6l-6 6 6 6',
  next: 'M9 5l7 7-7 7',
  search: 'M3.5 10.5a7 7 0 1 0 14 0a7 7 0 1 0 -14 0zM15.8 15.8l5.2 5.2',
  card: 'M4.5 4.5h15a2 2 0 0 1 2 2v11a2 2 0 0 1 -2 2h-15a2 2 0 0 1 -2 -2v-11a2 2 0 0 1 2 -2zM6 11a2 2 0 1 0 4 0a2 2 0 1 0 -4 0zM5 16c.6-1.6 5.4-1.6 6 0M14 9.5h4.5M14 13h4.5',
  pin: 'M12 21.5s7-7 7-12a7 7 0 0 0-14 0c0 5 7 12 7 12zM9.5 9.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z',
  cut: 'M2 8.5c2.3-2.2 5-3.5 8-3.9M22 8.5c-1.8-1.7-3.8-2.9-6-3.5M5.5 12.5c1.2-1.1 2.6-1.9 4-2.3M18.5 12.5l-1.5-1.2M12 18.5v.1M4 3l16 18',
  again: 'M20.5 12a8.5 8.5 0 1 1-2.5-6M18.5 2v4.5H14',
  calendar: 'M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2zM3 10h18M8 2.5V7M16 2.5V7',
  lock: 'M6.5 10.5h11a2 2 0 0 1 2 2v7a2 2 0 0 1 -2 2h-11a2 2 0 0 1 -2 -2v-7a2 2 0 0 1 2 -2zM8 10.5V7a4 4 0 0 1 8 0v3.5M12 15v2',
} as const

/** What can be drawn before anything more is loaded. */
export type FirstShape = keyof typeof first
export type Shape = FirstShape | keyof typeof more

const shapes: Partial<Record<Shape, string>> = { ...first }

export const add = (others: Partial<Record<Shape, string>>): unknown => Object.assign(shapes, others)

export const drawn = (shape: Shape): string | undefined => shapes[shape]
