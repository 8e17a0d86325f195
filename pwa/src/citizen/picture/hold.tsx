/**
 * A picture to hold or to send, where no file can be saved.
 *
 * Pages inside other apps drop what is downloaded and tell nobody: there it stands open at once,
 * elsewhere it is one tap away from the button that saves.
 */
import { useEffect, useState } from 'preact/hooks'

import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { mayNotSave } from '../beside/browser.ts'
import { lentAddress } from '../handover/lent-address.ts'
import { drawn, type Piece } from './draw.ts'
import './picture.css'

interface Props {
  pieces: () => readonly Piece[]
  /** Of the file, when it is sent on. */
  name: string
  /** What the picture shows. */
  label: string
  words: string
}

export function Hold(props: Props) {
  const [open, setOpen] = useState(mayNotSave)
  if (open) return <Held {...props} />
  return (
    <button class="link" type="button" onClick={() => setOpen(true)}>
      <Icon of="image" size="s" />
      {props.words}
    </button>
  )
}

function Held({ pieces, name, label }: Props) {
  const [made, setMade] = useState<File | 'failed' | null>(null)
  const sheet = pieces()
  useEffect(() => {
    let left = false
    void drawn(sheet).then(
      (picture) => left || setMade(picture === null ? 'failed' : new File([picture], name, { type: picture.type })),
    )
    return () => {
      left = true
    }
  }, [JSON.stringify(sheet)])
  if (made === null) return null
  if (made === 'failed') return <p role="alert">{say('picture.failed')}</p>
  return <Shown picture={made} label={label} />
}

function Shown({ picture, label }: { picture: File; label: string }) {
  const [address, setAddress] = useState('')
  useEffect(() => lentAddress(picture, setAddress), [picture])
  const shareable = navigator.canShare?.({ files: [picture] }) === true
  return (
    <div class="stack--tight">
      {address !== '' && <img class="picture__sheet" src={address} alt={label} />}
      <p class="small" role="status">
        {say('picture.hold')}
      </p>
      {shareable && (
        <button class="btn" type="button" onClick={() => void navigator.share({ files: [picture] }).catch(() => undefined)}>
          <Icon of="share" />
          {say('picture.share')}
        </button>
      )}
    </div>
  )
}
