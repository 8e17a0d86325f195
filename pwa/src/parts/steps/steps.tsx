/** `Bước 3 trên 6`, and slats for the eye. */
import { say } from '../../words/first.ts'
import './steps.css'

export function Steps({ now, all, title }: { now: number; all: number; title: string }) {
  const slat = (index: number): string => {
    if (index + 1 < now) return 'steps__slat steps__slat--done'
    return index + 1 === now ? 'steps__slat steps__slat--now' : 'steps__slat'
  }
  return (
    <p class="steps">
      <span>
        {say('nav.step', { now, all })}
        <span class="unseen">: {title}</span>
      </span>
      <span class="steps__slats" aria-hidden="true">
        {Array.from({ length: all }, (_, index) => (
          <span key={index} class={slat(index)} />
        ))}
      </span>
    </p>
  )
}
