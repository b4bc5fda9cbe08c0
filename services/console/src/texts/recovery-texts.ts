/** Words of going on after the log contradicted itself. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  title: 'Herstel',
  lead: 'Heeft het schakelpunt twee verhalen verteld, dan staat het knooppunt stil. Functionarissen van genoeg partners tekenen dan samen, in het controlespoor zelf, vanaf welk punt het Datalab verdergaat.',
  frozen: 'Het controlespoor spreekt zichzelf tegen',
  running: 'Dit knooppunt loopt gewoon',
  same: 'De eigen kopie en wat het schakelpunt nu aanbiedt zijn gelijk, zover zij beide gaan.',
  differs:
    'De eigen kopie en wat het schakelpunt nu aanbiedt verschillen. Bel de andere partners en vergelijk de codes hieronder, voordat iemand tekent.',
  own: 'Eigen kopie',
  offered: 'Wat het schakelpunt aanbiedt',
  checkpoint: '{{size}} regels, code',
  signed: 'Wat is ondertekend',
  signedNone: 'Er is nog geen herstel ondertekend.',
  signedBy: '{{count}} van {{needed}} partners',
  officersSign: 'Tekenen doet een privacy officer of tekenbevoegde.',
  sign: 'Herstel ondertekenen',
  signText:
    'Teken alleen een punt dat u met de andere partners aan de telefoon hebt vergeleken. Het knooppunt gaat verder zodra genoeg partners hetzelfde punt hebben getekend. Wat afwijkt wordt als bewijs bewaard.',
  size: 'Aantal regels',
  sizeHint: 'Het punt dat u samen afsprak.',
  sizeWrong: 'Vul het afgesproken aantal regels in.',
  codeHint: 'De code bij dat aantal regels, zoals u haar van de andere partners hoorde.',
  restored: 'Is dit knooppunt teruggezet uit een reservekopie?',
  restoredText:
    'Het controlespoor bevat dan verklaringen van dit knooppunt die het zelf niet kent. Draait er ook nergens een andere kopie van dit knooppunt, zeg dat dan hier. Het knooppunt neemt die verklaringen over en wacht tot de andere partners het controlespoor bevestigen.',
  restoredAsk: 'Teruggezet …',
  restoredSure: 'Teruggezet, en er draait geen andere kopie',
  restoredDone: 'Het knooppunt neemt over wat het sindsdien ondertekende en wacht op de andere partners.',
  no: 'Annuleren',
} as const

const en: Record<keyof typeof nl, string> = {
  title: 'Recovery',
  lead: 'If the broker told two stories, the node has stopped. Officers of enough partners then sign together, in the audit trail itself, from which point the lab goes on.',
  frozen: 'The audit trail contradicts itself',
  running: 'This node runs as usual',
  same: 'The own copy and what the broker offers now are the same, as far as both go.',
  differs:
    'The own copy and what the broker offers now differ. Call the other partners and compare the codes below before anybody signs.',
  own: 'Own copy',
  offered: 'What the broker offers',
  checkpoint: '{{size}} lines, code',
  signed: 'What was signed',
  signedNone: 'No recovery was signed yet.',
  signedBy: '{{count}} of {{needed}} partners',
  officersSign: 'A privacy officer or signatory signs.',
  sign: 'Sign the recovery',
  signText:
    'Sign only a point that you compared with the other partners on the telephone. The node goes on once enough partners have signed the same point. What differs is kept as evidence.',
  size: 'Number of lines',
  sizeHint: 'The point that you agreed together.',
  sizeWrong: 'Give the number of lines that was agreed.',
  codeHint: 'The code for that number of lines, as you heard it from the other partners.',
  restored: 'Was this node put back from a backup?',
  restoredText:
    'The audit trail then has statements of this node that it does not know itself. If no other copy of this node runs anywhere, say so here. The node takes those statements over and waits until the other partners vouch for the audit trail.',
  restoredAsk: 'Put back …',
  restoredSure: 'Put back, and no other copy runs',
  restoredDone: 'The node takes over what it signed since and waits for the other partners.',
  no: 'Cancel',
}

export const recoveryTexts = defineTexts('console-recovery', nl, en)
