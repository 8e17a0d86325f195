/** Which page of a citizen's stands at which address. */
import { Page } from '../parts/page/page.tsx'

const ADDRESSES = /^\/($|q\/|p\/|ho-so$|h$|tra-cuu$|thanh-toan\/ve$|v$)/i

export const isCitizens = (path: string): boolean => ADDRESSES.test(path)

export function Citizen() {
  return (
    <Page title="Một Cửa QR">
      <h1>Một Cửa QR</h1>
    </Page>
  )
}
