/** Of the same question asked again, only the last answer counts. */

/** The same question, whose answer is null when it was asked again meanwhile. */
export function latest<Asked, Answer>(ask: (about: Asked) => Promise<Answer>): (about: Asked) => Promise<Answer | null> {
  let times = 0
  return async (about) => {
    const mine = (times += 1)
    const answer = await ask(about)
    return mine === times ? answer : null
  }
}
