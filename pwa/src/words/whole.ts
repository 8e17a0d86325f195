/** A number as somebody wrote it, its groups never parted by the end of a line. */
export const whole = (written: string): string => written.replace(/(\d) (?=\d)/g, '$1\u00A0')
