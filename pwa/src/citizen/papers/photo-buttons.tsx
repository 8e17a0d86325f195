/**
 * Two ways to a photo, always both: the camera, and what is already on the phone.
 *
 * Everything is kept before the camera opens, because the system may close the page meanwhile.
 */
import { useRef } from 'preact/hooks'

import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/later.ts'

interface Props {
  id: string
  /** The number of the page that is taken again. */
  again?: number
  many?: boolean
  opening: () => Promise<unknown>
  closed: () => void
  take: (files: readonly File[]) => Promise<void>
}

/** Without HEIC in the list iPhones hand over JPEG; from their files HEIC comes all the same. */
const FROM_PHONE = 'image/jpeg,image/png,image/webp,application/pdf,image/heic,image/heif'
const FROM_CAMERA = 'image/*'

export function PhotoButtons({ id, again, many = false, opening, closed, take }: Props) {
  const camera = useRef<HTMLInputElement>(null)
  const gallery = useRef<HTMLInputElement>(null)

  function chosen(event: Event & { currentTarget: HTMLInputElement }): void {
    const input = event.currentTarget
    const files = [...(input.files ?? [])]
    input.value = ''
    if (files.length > 0) void take(files)
    else closed()
  }

  function open(input: HTMLInputElement | null): void {
    void opening().catch(() => undefined)
    input?.click()
  }

  const page = again !== undefined && <span class="unseen"> {say('photo.page', { number: again })}</span>
  return (
    <>
      <input ref={camera} type="file" accept={FROM_CAMERA} capture="environment" hidden onChange={chosen} {...{ onCancel: closed }} aria-label={say('photo.take')} />
      <input ref={gallery} type="file" accept={FROM_PHONE} multiple={many} hidden onChange={chosen} {...{ onCancel: closed }} aria-label={say('photo.pick')} />
      <button class="btn" type="button" id={id} onClick={() => open(camera.current)}>
        <Icon of="camera" />
        {say(again === undefined ? 'photo.take' : 'photo.again')}
        {page}
      </button>
      <button class="btn" type="button" onClick={() => open(gallery.current)}>
        <Icon of="image" />
        {say(again === undefined ? 'photo.pick' : 'photo.other')}
        {page}
      </button>
    </>
  )
}
