/** How one page of a paper is called in lists. */
import { paperName } from '../../form/paper-name.ts'
import { say } from '../../words/later.ts'

/** `Văn bản ủy quyền 2/4` */
export function partName(paper: string, index: number, all: number): string {
  const { short } = paperName(paper)
  return all > 1 ? say('send.part', { paper: short, number: index + 1, all }) : short
}
