/** Where the data are, always in one order: this phone, on the way, the office. */
import { Icon } from '../icon/icon.tsx'
import { Rich } from '../rich/rich.tsx'

export interface Whereabouts {
  place: 'phone' | 'way' | 'office'
  words: string
  /** It changes by itself, so readers are told. */
  live?: boolean
  /** Nothing goes on there any more: it is told without the colour of a place. */
  over?: boolean
}

const ROAD = ['phone', 'way', 'office'] as const

export function Where({ at }: { at: Whereabouts }) {
  const now = ROAD.indexOf(at.place)
  return (
    <div class={`where where--${at.over ? 'over' : at.place}`} role={at.live === true ? 'status' : undefined}>
      <p class="where__row">
        {ROAD.map((place, index) => (
          <>
            {index > 0 && <span class="where__road" />}
            {index === now ? (
              <span class="where__here">
                <Icon of={place} />
                <span>
                  <Rich text={at.words} />
                </span>
              </span>
            ) : (
              <Spot place={place} past={index < now} />
            )}
          </>
        ))}
      </p>
    </div>
  )
}

function Spot({ place, past }: { place: 'phone' | 'way' | 'office'; past: boolean }) {
  return (
    <span class={past ? 'where__spot where__spot--past' : 'where__spot'}>
      <Icon of={place} />
    </span>
  )
}
