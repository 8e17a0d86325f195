/** The desk of the ward's officers (bộ phận một cửa). */
export function Officer() {
  return <main class="page" />
}
