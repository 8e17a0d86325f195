/** The pages of one filing: its questions, its papers, then the last look. */
import { counted, holds, shown } from './conditions.ts'
import type { Definition, Field, Paper, Step, Stop, Value, Values } from './definition.ts'

export type FilingPage =
  | { kind: 'step'; id: string; step: Step; fields: readonly Field[] }
  | { kind: 'paper'; id: string; paper: Paper; required: boolean }
  | { kind: 'review'; id: 'review' }

/** How many pages of each paper are there. */
export type PaperCount = (paper: string) => number

/** The papers that take files now; `required` ones must have a page before sending. */
export function papersWanted(
  definition: Definition,
  values: Values,
  today: string,
): { paper: Paper; required: boolean }[] {
  const answers = counted(definition, values, today)
  const wanted = definition.papers.filter(
    (paper) => paper.kind === 'upload' && shown(paper, answers, today),
  )
  const replaced = new Set(wanted.flatMap((paper) => paper.instead_of ?? []))
  return wanted
    .filter((paper) => !replaced.has(paper.id))
    .map((paper) => ({ paper, required: paper.required !== 'optional' && !paper.unless }))
}

/** All pages in order; what is hidden is no page, so the number of steps tells the truth. */
export function pagesOf(definition: Definition, values: Values, today: string): FilingPage[] {
  const answers = counted(definition, values, today)
  const steps = definition.steps
    .filter((step) => shown(step, answers, today))
    .map((step) => ({
      kind: 'step' as const,
      id: step.id,
      step,
      fields: step.fields.filter((field) => shown(field, answers, today)),
    }))
    .filter((page) => page.fields.length > 0)
  const papers = papersWanted(definition, values, today).map(({ paper, required }) => ({
    kind: 'paper' as const,
    id: paper.id,
    paper,
    required,
  }))
  return [...steps, ...papers, { kind: 'review', id: 'review' }]
}

/** What may be answered where a few answers are offered; of a number its ends, as questions may hang on it. */
function offered({ kind, options, min, max }: Field): readonly Value[] {
  if (kind === 'number') return [min ?? 0, max ?? 0]
  return kind === 'yes_no' ? [true, false] : (options ?? []).map(({ id }) => id)
}

/** The pages, when each choice still open is taken in turn as the one that asks the most. */
function longest(definition: Definition, values: Values, today: string, question: number): number {
  const long = (answers: Values): number =>
    pagesOf(definition, answers, today).reduce((sum, page) => sum + 1 + (page.kind === 'step' ? page.fields.length * question : 0), 0)
  let taken = values
  let most = long(taken)
  for (const field of definition.steps.flatMap((step) => step.fields)) {
    if (taken[field.id] !== undefined) continue
    for (const answer of offered(field)) {
      const tried = { ...taken, [field.id]: answer }
      const length = long(tried)
      if (length > most) [taken, most] = [tried, length]
    }
  }
  return Math.floor(most)
}

/**
 * How many pages at most: the count shown falls when pages are skipped, and does not grow.
 *
 * Each page counts; then once more each question a little too, as another page may hang on it.
 */
export const mostPages = (definition: Definition, values: Values, today: string): number =>
  Math.max(longest(definition, values, today, 0), longest(definition, values, today, 0.001))

/** The page that comes after one; a question and a paper may bear the same name. */
export function pageAfter(
  definition: Definition,
  values: Values,
  page: { kind: 'step' | 'paper'; id: string },
  today: string,
): FilingPage {
  const pages = pagesOf(definition, values, today)
  const index = pages.findIndex(({ kind, id }) => kind === page.kind && id === page.id)
  return pages[index + 1] ?? { kind: 'review', id: 'review' }
}

/** The fields that are asked now. */
export const fieldsAsked = (definition: Definition, values: Values, today: string): Field[] =>
  pagesOf(definition, values, today).flatMap((page) => (page.kind === 'step' ? page.fields : []))

/** What ends the form early: the answers given say that nothing can be filed here. */
export function stopOf(definition: Definition, values: Values, today: string): Stop | null {
  const answers = counted(definition, values, today)
  return definition.stops?.find(({ when }) => holds(when, answers, today)) ?? null
}
