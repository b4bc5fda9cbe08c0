/** A status in words; the colour only repeats what they say. */
type Props = { readonly tone: 'good' | 'busy' | 'bad' | 'quiet'; readonly children: string }

export const StatusTag = ({ tone, children }: Props) => <span className={`kp-tag kp-tag--${tone}`}>{children}</span>
