/** The pages beside a filing: the first page, one's dossiers, looking up, checking a paper. */
import '../parts/icon/more.ts'
import { lazy } from '../parts/lazy/lazy.tsx'
import type { Place } from '../parts/router/router.ts'
import { Home } from './home/home.tsx'
import { Back } from './pay/back.tsx'
import { NoPage } from './no-page.tsx'
import { LookUp } from './track/look-up.tsx'
import { Mine } from './track/mine.tsx'

/** For those who were sent a pay link. */
const LentFee = lazy<{ token: string }>(async () => (await import('./lend/lent.tsx')).LentFee)

/** For those to whom a dossier comes as a file, or by a link. */
const OpenLink = lazy<{ fragment: string }>(async () => (await import('./track/open-link.tsx')).OpenLink)
const OpenFile = lazy(async () => (await import('./handover/open-file.tsx')).OpenFile)

/** For those to whom a paper of ours is shown. */
const Verify = lazy<{ token: string }>(async () => (await import('./verify/verify.tsx')).Verify)

/** For those who keep papers for the next time. */
const OwnWallet = lazy(async () => (await import('./wallet/own.tsx')).OwnWallet)

export function Elsewhere({ place: { path, query, fragment } }: { place: Place }) {
  switch (path.toLowerCase()) {
    case '/':
      return <Home unit={query.get('unit')} qr={query.get('qr')} wiped={query.get('da-xoa')} />
    case '/ho-so':
      return <Mine />
    case '/h':
      if (fragment === 'tui') return <OwnWallet />
      return fragment === 'tep' ? <OpenFile /> : <OpenLink fragment={fragment} />
    case '/tra-cuu':
      return <LookUp key={fragment} code={fragment} />
    case '/tra-phi':
      return <LentFee key={fragment} token={fragment} />
    case '/thanh-toan/ve':
      return <Back />
    case '/v':
      return <Verify key={fragment} token={fragment} />
    default:
      return <NoPage path={path} />
  }
}
