/** A share as figure, bar and word: the mark stands at the target, the word says what colour says. */
import { Tag } from '../parts/desk/tag.tsx'
import '../parts/score/score.css'
import { language } from '../words/say.ts'
import { say } from '../words/leader.ts'
import { standingOf, type Standing } from './figures.ts'
import type { Figure } from './shapes.ts'

export const NONE = '—'

/** `62,5` in Vietnamese, `62.5` in English; always one decimal. */
export function decimal(value: number): string {
  const text = value.toFixed(1)
  return language() === 'en' ? text : text.replace('.', ',')
}

/** A target is given in whole points as a rule. */
export const points = (value: number): string => (Number.isInteger(value) ? String(value) : decimal(value))

export const shareWords = ({ share }: Pick<Figure, 'share'>): string => (share === null ? NONE : `${decimal(share)}\u00A0%`)

export function Gap({ figure }: { figure: Figure }) {
  const standing = standingOf(figure)
  switch (standing.is) {
    case 'none':
      return <Tag tone="plain" icon="minus" words={say('gap.none')} />
    case 'free':
      return <Tag tone="plain" icon="minus" words={say('gap.free')} />
    case 'reached':
      return <Tag tone="safe" icon="check" words={say('gap.reached')} />
    case 'short':
      return (
        <Tag
          tone={standing.far ? 'late' : 'wait'}
          icon={standing.far ? 'alert' : 'clock'}
          words={say('gap.short', { points: decimal(standing.points) })}
        />
      )
  }
}

function barWords(standing: Standing): string {
  if (standing.is === 'none') return say('bar.none')
  const share = decimal(standing.share)
  return standing.is === 'free' ? say('bar.free', { share }) : say('bar', { share, target: points(standing.target) })
}

function fill(standing: Standing): string {
  if (standing.is === 'free') return 'bar__fill bar__fill--free'
  if (standing.is !== 'short') return 'bar__fill'
  return standing.far ? 'bar__fill bar__fill--far' : 'bar__fill bar__fill--below'
}

/** 0 to 100; attributes only, because the page allows no inline style. */
function Bar({ figure }: { figure: Figure }) {
  const standing = standingOf(figure)
  return (
    <svg class="bar" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={barWords(standing)}>
      <rect class="bar__bed" x=".5" y="6" width="99" height="12" />
      {figure.share !== null && <rect class={fill(standing)} x=".5" y="6" width={Math.min(figure.share, 99)} height="12" />}
      {figure.target !== null && <path class="bar__aim" d={`M${Math.min(figure.target, 99.5)} 1v22`} />}
    </svg>
  )
}

export function Score({ figure }: { figure: Figure }) {
  return (
    <span class="score">
      <span class="score__figure">{figure.share === null ? NONE : decimal(figure.share)}</span>
      <Bar figure={figure} />
      <span class="score__word">
        <Gap figure={figure} />
      </span>
    </span>
  )
}
