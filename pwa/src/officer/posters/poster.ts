/** What the pages about posters share. */

export const POSTERS = '/api/v1/workbench/posters'

/** Eight symbols in two groups, as they stand on the paper. */
export const groups = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`
