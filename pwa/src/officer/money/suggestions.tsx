/** Whose dossiers money may be for (gợi ý khớp), the likeliest first, each with why. */
import '../../parts/facts/facts.css'
import type { Listed } from '../../api/schema.ts'
import { useLoad } from '../../parts/desk/load.ts'
import { spoken } from '../../parts/desk/spoken.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import type { List, Movement, Suggestion } from '../shapes.ts'
import { Code } from '../signs.tsx'
import { way } from '../ways.ts'

interface Props {
  one: Movement
  verb: 'match' | 'move'
  choose: (code: string) => void
}

export function Suggestions({ one: { suggestions }, verb, choose }: Props) {
  const { load } = useLoad<List<Listed>>(spoken('/api/v1/procedures'))
  const titles = new Map(load.is === 'there' ? load.body.items.map(({ code, title }) => [code, title]) : [])
  return (
    <section class="card stack--tight" aria-labelledby="goi-y">
      <h2 id="goi-y">{say('like.title')}</h2>
      {suggestions.length === 0 ? (
        <p class="quiet">{say('like.none')}</p>
      ) : (
        <ul class="rows">
          {suggestions.map((like) => (
            <Like key={like.code} like={like} title={titles.get(like.procedure)} verb={verb} choose={choose} />
          ))}
        </ul>
      )}
    </section>
  )
}

interface LikeProps extends Pick<Props, 'verb' | 'choose'> {
  like: Suggestion
  /** What people call its procedure; absent until the list has come. */
  title: string | undefined
}

function Like({ like, title, verb, choose }: LikeProps) {
  const code = format.code(like.code).join(' ')
  return (
    <li class="row row--top">
      <div class="row__text stack--tight">
        <a class="link" href={way.dossier(like.code)}>
          <Code code={like.code} />
        </a>
        <p class="small">
          {like.owner_masked} · <b class="num">{say('like.due', { amount: format.money(like.due) })}</b>
          <span class="table__sub">{title ?? say('like.procedure', { code: like.procedure })}</span>
        </p>
        <p class="side side--wrap">
          {like.why.map((why) => (
            <Tag key={why} tone="safe" icon="check" words={say(`like.${why}`)} />
          ))}
        </p>
      </div>
      <button class="btn btn--fit" type="button" onClick={() => choose(like.code)}>
        <Icon of="check" />
        {say(`like.${verb}`)}
        <span class="unseen"> {code}</span>
      </button>
    </li>
  )
}
