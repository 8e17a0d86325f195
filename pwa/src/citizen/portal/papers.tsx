/** Each paper as one clean PDF to save: made on this phone, out of the photos that lie on it. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier, Page as Shot } from '../../drafts/dossier.ts'
import type { Bytes } from '../../drafts/shelf.ts'
import type { Definition } from '../../form/definition.ts'
import { pagesOf } from '../../form/pages.ts'
import { paperName } from '../../form/paper-name.ts'
import { fold } from '../../form/text.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/portal.ts'
import { lentAddress } from '../handover/lent-address.ts'
import { filesFor } from './files.ts'

interface Props {
  dossier: Dossier
  definition: Definition
}

export function Papers({ dossier, definition }: Props) {
  const pages = pagesOf(definition, dossier.values, today())
  const papers = pages.flatMap((page) => (page.kind === 'paper' ? [page.paper] : []))
  if (papers.length === 0) return null
  return (
    <section class="stack">
      <h2>{say('sheet.papers')}</h2>
      {papers.map(({ id, name }) => (
        <Attached key={id} dossier={dossier.id} name={paperName(name).short} shots={dossier.pages[id] ?? []} />
      ))}
    </section>
  )
}

interface AttachedProps {
  dossier: string
  name: string
  shots: readonly Shot[]
}

interface Made {
  files: readonly { file: File; pages: number }[]
  /** How many pages lie on another device. */
  away: number
}

/** Plain signs only: what a portal may stumble over is no part of a file's name. */
const fileName = (name: string): string => fold(name).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60)

async function make(dossier: string, name: string, shots: readonly Shot[]): Promise<Made> {
  const found = await Promise.all(shots.map(({ sha256 }) => book.bytes(dossier, sha256)))
  const here = found.filter((one): one is Bytes => one !== null)
  const made = await filesFor(here)
  const files = made.map(({ blob, ending, pages }, index) => {
    const number = made.length > 1 ? `-${index + 1}` : ''
    return { file: new File([blob], `${fileName(name)}${number}.${ending}`, { type: blob.type }), pages }
  })
  return { files, away: shots.length - here.length }
}

function Attached({ dossier, name, shots }: AttachedProps) {
  const [made, setMade] = useState<Made | null>(null)
  const which = shots.map(({ sha256 }) => sha256).join()
  useEffect(() => {
    let left = false
    void make(dossier, name, shots).then((one) => !left && setMade(one), () => !left && setMade({ files: [], away: shots.length }))
    return () => {
      left = true
    }
  }, [which])
  return (
    <section class="card stack--tight">
      <h3>{name}</h3>
      {shots.length === 0 && <p class="quiet">{say('sheet.noPhoto')}</p>}
      {shots.length > 0 && made === null && <p role="status">{say('sheet.making')}</p>}
      {made?.files.map((one) => <Ready key={one.file.name} name={name} {...one} />)}
      {made !== null && made.away > 0 && <p class="field__wrong"><Icon of="alert" />{say('sheet.away')}</p>}
    </section>
  )
}

function Ready({ name, file, pages }: { name: string; file: File; pages: number }) {
  const [address, setAddress] = useState('')
  useEffect(() => lentAddress(file, setAddress), [file])
  const shareable = navigator.canShare?.({ files: [file] }) === true
  return (
    <>
      <p>
        <span class="small mono">{file.name}</span>
        <span class="facts__more">
          {pages > 0 ? say('sheet.pages', { count: pages, size: format.size(file.size) }) : say('sheet.apart')}
        </span>
      </p>
      <a class="btn" href={address} download={file.name}>
        <Icon of="save" />
        {say('sheet.save')}
        <span class="unseen"> {name}, {file.name}</span>
      </a>
      {shareable && (
        <button class="btn" type="button" onClick={() => void navigator.share({ files: [file] }).catch(() => undefined)}>
          <Icon of="share" />
          {say('sheet.share')}
          <span class="unseen"> {name}, {file.name}</span>
        </button>
      )}
    </>
  )
}
