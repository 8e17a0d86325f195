/** The browser's offer to put the pages on the home screen, kept until a moment that suits the person. */

export interface Offer extends Event {
  prompt: () => Promise<unknown>
}

let kept: Offer | null = null

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  kept = event as Offer
})

export const offered = (): Offer | null => kept
