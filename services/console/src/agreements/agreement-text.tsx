/** The text of an agreement exactly as this node made it from the signed bytes; only its size and place are this page's. */
import { Heading } from '@amsterdam/design-system-react'
import { Fragment } from 'react'
import { type Line, labelled, linesOf } from './lines.ts'

export function AgreementText({ text }: { readonly text: string }) {
  return (
    <article className="kp-rendering kp-measure">
      {linesOf(text).map((line) => (
        <Part key={line.at} line={line} level={2} />
      ))}
    </article>
  )
}

const Words = ({ text }: { readonly text: string }) => {
  const found = labelled(text)
  if (found === undefined) return text
  return (
    <>
      <strong>{found.label}:</strong> {found.rest}
    </>
  )
}

function Part({ line: { text, below }, level }: { readonly line: Line; readonly level: 2 | 3 | 4 }) {
  const isHead = below.length > 0 && level < 4
  const next = level === 2 ? 3 : 4
  return (
    <Fragment>
      {isHead ? (
        <Heading level={level} size={level === 2 ? 'level-3' : 'level-4'}>
          {text}
        </Heading>
      ) : (
        <p>
          <Words text={text} />
        </p>
      )}
      {below.length > 0 && (
        <div className="kp-rendering__below">
          {below.map((line) => (
            <Part key={line.at} line={line} level={next} />
          ))}
        </div>
      )}
    </Fragment>
  )
}
