/** The files of a dossier as pages of papers: which page of which paper. */
import { paperName } from '../../form/paper-name.ts'
import type { File } from '../shapes.ts'

export interface PageOfPaper {
  file: File
  /** What people call the paper. */
  name: string
  /** Counted from 1. */
  page: number
  pages: number
}

export function pagesOf(files: readonly File[]): PageOfPaper[] {
  const seen = new Map<string, number>()
  return files.map((file) => {
    const page = (seen.get(file.paper) ?? 0) + 1
    seen.set(file.paper, page)
    const pages = files.filter((one) => one.paper === file.paper).length
    return { file, name: paperName(file.paper_name).short, page, pages }
  })
}

/** The page before or after, the same at the ends. */
export const stepped = (at: number, by: 1 | -1, count: number): number =>
  Math.min(Math.max(at + by, 0), count - 1)
