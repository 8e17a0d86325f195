/** The desk of the district's leaders (lãnh đạo). */
export function Leader() {
  return <main class="page" />
}
