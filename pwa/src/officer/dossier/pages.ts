/** The files of a dossier as pages of papers: a photo is one page, a PDF as many as it has. */
import { paperName } from '../../form/paper-name.ts'
import type { File } from '../shapes.ts'

export interface PageOfPaper {
  file: File
  /** Its view copy within the file, counted from 0. */
  leaf: number
  /** What people call the paper. */
  name: string
  /** Counted from 1. */
  page: number
  pages: number
}

/** One file with its first and last page in its paper. */
export interface Span {
  file: File
  name: string
  first: number
  last: number
  pages: number
  /** Where its first page stands among all pages. */
  at: number
}

const leaves = (file: File): number => Math.max(1, file.view_urls.length)

export function pagesOf(files: readonly File[]): PageOfPaper[] {
  return spansOf(files).flatMap(({ file, name, first, pages }) =>
    Array.from({ length: leaves(file) }, (_, leaf) => ({ file, leaf, name, page: first + leaf, pages })),
  )
}

export function spansOf(files: readonly File[]): Span[] {
  const seen = new Map<string, number>()
  let at = 0
  return files.map((file) => {
    const before = seen.get(file.paper) ?? 0
    const last = before + leaves(file)
    seen.set(file.paper, last)
    const pages = files.reduce((sum, one) => (one.paper === file.paper ? sum + leaves(one) : sum), 0)
    const span = { file, name: paperName(file.paper_name).short, first: before + 1, last, pages, at }
    at += leaves(file)
    return span
  })
}

/** The page before or after, the same at the ends. */
export const stepped = (at: number, by: 1 | -1, count: number): number =>
  Math.min(Math.max(at + by, 0), count - 1)
