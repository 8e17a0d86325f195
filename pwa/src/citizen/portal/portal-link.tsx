/** The door of the national portal; the address of its pages changes, so only its door is linked. */
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/portal.ts'

const HOST = 'dichvucong.gov.vn'

/** It is not told who came from here, nor from which page. */
export function PortalLink() {
  return (
    <a class="btn" href={`https://${HOST}/`} target="_blank" rel="noopener noreferrer">
      <Icon of="globe" />
      {say('sheet.open', { host: HOST })}
    </a>
  )
}
