/** Reads QR codes out of pictures, in a worker of its own that ends with the page. */
import { trusted } from '../../api/trusted.ts'
import address from '../../worker/scan.ts?worker&url'
import { readerOf, type Reader } from './asking.ts'

export const openReader = (): Reader => readerOf(new Worker(trusted(address), { type: 'module' }))
