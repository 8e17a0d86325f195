/** What of a filing is still open: wrong answers, missing papers, and the first page that has one. */
import { judgeAll } from './agreements.ts'
import type { Wrong } from './check.ts'
import { counted } from './conditions.ts'
import type { Definition, Paper, Values } from './definition.ts'
import { fieldsAsked, pagesOf, papersWanted, type FilingPage, type PaperCount } from './pages.ts'

/** What stands against sending: wrong answers and missing papers. */
export function obstacles(
  definition: Definition,
  values: Values,
  have: PaperCount,
  today: string,
): { wrong: Wrong[]; papers: Paper[] } {
  const answers = counted(definition, values, today)
  return {
    wrong: judgeAll(definition, fieldsAsked(definition, values, today), answers, today),
    papers: papersWanted(definition, values, today)
      .filter(({ paper, required }) => required && have(paper.id) === 0)
      .map(({ paper }) => paper),
  }
}

/** The first page that still wants something: where a draft is taken up again. */
export function firstOpen(
  definition: Definition,
  values: Values,
  have: PaperCount,
  today: string,
): FilingPage {
  const pages = pagesOf(definition, values, today)
  const answers = counted(definition, values, today)
  const open = pages.find((page) => {
    if (page.kind === 'step') return judgeAll(definition, page.fields, answers, today).length > 0
    return page.kind === 'review' || (page.required && have(page.id) === 0)
  })
  return open ?? { kind: 'review', id: 'review' }
}
