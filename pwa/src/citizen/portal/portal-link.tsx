/** The door of the national portal; the address of its pages changes, so only its door is linked. */
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/portal.ts'

const HOST = 'dichvucong.gov.vn'

/** Beside large text a line ends before a dot. */
const atDots = (host: string) => host.split(/(?=\.)/).flatMap((part) => [<wbr key={part} />, part])

/** It is not told who came from here, nor from which page. */
export function PortalLink() {
  return (
    <a class="btn" href={`https://${HOST}/`} target="_blank" rel="noopener noreferrer">
      <Icon of="globe" />
      <span class="portal__door">
        {say('sheet.open')} <span class="portal__host">{atDots(HOST)}</span>
      </span>
    </a>
  )
}
