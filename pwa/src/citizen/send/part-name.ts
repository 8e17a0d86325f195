/** How one page of a paper is called in lists. */
import { paperName } from '../../form/paper-name.ts'
import { say } from '../../words/later.ts'

/** `Văn bản ủy quyền, trang 2` */
export const partName = (paper: string, index: number): string =>
  say('send.part', { paper: paperName(paper).short, number: index + 1 })
