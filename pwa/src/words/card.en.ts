/** English: reading the identity card. */
import type { card } from './card.vi.ts'
import type { Translation } from './say.ts'

export const english: Translation<typeof card> = {
  'card.aim': 'Hold the square code of the card inside the frame. Keep it still.',
  'card.live': 'Picture of the camera',
  'card.light': 'Light on',
  'card.dark': 'Light off',
  'card.unread': 'Code not readable. Wipe the card, avoid glare, or take a photo of the code.',
  'card.other': 'This is not the code of an identity card. Look for the square code on the card.',
  'card.damaged': 'The code of the card is blurred or worn. Come closer, or type by hand.',
  'card.photo': 'Or take a photo of the card',
  'card.busy': 'Reading the photo',
  'card.hand': 'Type it myself, without the card',
  'card.inside': 'This page is open inside Zalo, Facebook or another app, where the camera is often blocked.',
  'card.browser': 'Open in the browser to scan',
  'card.here': 'The card is read on this phone. Nothing has been sent.',
  'card.right': 'Card read. Are these details correct?',
  'card.only': 'The code only saves typing. You can change every line.',
  'card.ok': 'Correct, use these details',
  'card.again': 'Scan another card',
  'camera.asking': 'Opening the camera. If the phone asks, tap Allow.',
  'camera.slow': 'The camera is not open yet. If the phone asks nothing, take a photo of the code.',
  'camera.denied': 'The camera is blocked. Take a photo of the code, or allow the camera in Settings.',
  'camera.none': 'The camera cannot be opened here. Take a photo of the code, or type by hand.',
}
