/** The parts of a VietQR payload (EMVCo), for people who type a transfer by hand. */
import type { Transfer } from '../../api/schema.ts'

/** Tags and values of one level: two signs tag, two signs length, then the value. */
function fields(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at + 4 <= text.length; ) {
    const length = Number(text.slice(at + 2, at + 4))
    if (!Number.isInteger(length)) break
    found.set(text.slice(at, at + 2), text.slice(at + 4, at + 4 + length))
    at += 4 + length
  }
  return found
}

/** Read account, amount and text; null when this is no VietQR. */
export function partsOf(payload: string): Transfer | null {
  const top = fields(payload)
  const receiver = fields(fields(top.get('38') ?? '').get('01') ?? '')
  const [bank, account] = [receiver.get('00'), receiver.get('01')]
  if (bank === undefined || account === undefined) return null
  const memo = fields(top.get('62') ?? '').get('08') ?? ''
  return { bank, account, name: top.get('59') ?? '', amount: Number(top.get('54') ?? 0), memo }
}
