/** Filed at the portal (đã nộp trên Cổng): its code, and where to look; never a receipt of ours. */
import { titleOf, type Dossier } from '../../drafts/dossier.ts'
import '../../parts/bank/bank.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { Rich } from '../../parts/rich/rich.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/portal.ts'
import { language } from '../../words/say.ts'
import { Copy } from '../pay/copy.tsx'
import { Wipe } from '../track/wipe.tsx'
import { PortalLink } from './portal-link.tsx'
import './portal.css'
import { portalWay } from './ways.ts'

interface Props {
  dossier: Dossier
  portal: NonNullable<Dossier['portal']>
}

export function Filed({ dossier, portal }: Props) {
  const { code, at } = portal
  return (
    <Page title={say('filed.title')} unit={dossier.unit.name} where={{ place: 'phone', words: say('filed.where') }}>
      <div class="stack--wide sheet">
        <div class="stack--tight">
          <p class="tag tag--way">
            <Icon of="globe" />
            {titleOf(dossier, language())}
          </p>
          <h1>{say('filed.title')}</h1>
        </div>
        <div class="card stack--tight">
          <dl>
            <Copy what={say('filed.code')} shown={code} text={code} done={say('sheet.copied', { what: code })} mono />
          </dl>
          <p class="small quiet">{say('filed.at', { moment: format.moment(at) })}</p>
          <p class="small">{say('filed.paper')}</p>
        </div>
        <div class="note note--wait">
          <Icon of="info" />
          <p class="note__body">
            <Rich text={say('filed.not')} />
          </p>
        </div>
        <section class="stack--tight">
          <h2>{say('filed.look')}</h2>
          <p>{say('filed.look.portal')}</p>
          <p class="small quiet">{say('sheet.doubt')}</p>
          <PortalLink />
          <p>{say('filed.look.ward', { unit: dossier.unit.name })}</p>
        </section>
        <div class="stack--tight">
          <p>
            <a class="link" href={portalWay.sheet(dossier.id)}>
              <Icon of="paper" />
              {say('filed.sheet')}
            </a>
          </p>
          <p>
            <a class="link" href={portalWay.code(dossier.id)}>
              <Icon of="pen" />
              {say('filed.change')}
            </a>
          </p>
        </div>
        <Wipe dossier={dossier} />
      </div>
    </Page>
  )
}
