/** An answer on the screen; of repeated rows each cell stands beside what its column asks. */
import '../facts/answer.css'
import type { Rows } from './said.ts'

export function Words({ words, rows }: { words: string; rows: Rows }) {
  if (rows.length === 0) return <>{words}</>
  return (
    <ol class="answer__rows">
      {rows.map((cells, index) => (
        <li key={index}>
          {cells.map(({ label, words: answer }) => (
            <p key={label}>
              <span class="answer__column">{label}</span> {answer}
            </p>
          ))}
        </li>
      ))}
    </ol>
  )
}
