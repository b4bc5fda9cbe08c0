/** Why a node keeps its keys, and what somebody can do about it; one line for every code. */
import { type RefusalCode, refusalCode } from '@kruispunt/contracts'
import { defineTexts, useTexts } from '@kruispunt/ui'

const nl = {
  roster_expired: 'De deelnemerslijst is verlopen. Een functionaris legt een volgende voor bij Deelnemers.',
  roster_not_accepted:
    'Deze partner heeft de deelnemerslijst nog niet bevestigd. Een functionaris doet dat bij Deelnemers.',
  clock_differs:
    'De klok van dit knooppunt loopt anders dan die van de andere. Laat de beheerder de klok gelijkzetten.',
  agreement_not_active: 'De deelafspraak is niet actief. Kijk bij Deelafspraken wie nog moet tekenen.',
  agreement_expired: 'De deelafspraak is verlopen. De coördinator kan een nieuwe voorleggen.',
  request_not_in_role:
    'De aanvraag is niet ondertekend door een coördinator van de deelnemerslijst. Bel de coördinator.',
  request_expired: 'De aanvraag is verlopen. De coördinator kan opnieuw vragen.',
  request_column_not_agreed:
    'Er is om een kenmerk gevraagd dat niet in de deelafspraak staat. De coördinator vraagt zonder dat kenmerk, of om een andere afspraak.',
  request_other_epoch:
    'Er is om leveringen onder een vorige sleutel gevraagd. Lever opnieuw; daarna kan de coördinator opnieuw vragen.',
  request_rejected: 'Een functionaris heeft de aanvraag afgewezen.',
  approvals_missing: 'Er hebben nog niet genoeg functionarissen goedgekeurd.',
  own_approval_missing: 'Uw eigen functionaris heeft nog niet goedgekeurd. Dat kan op deze bladzijde.',
  request_used: 'Voor deze aanvraag zijn de sleutels al eens gegeven; een tweede keer gebeurt niet.',
  job_key_used:
    'De sleutel van deze berekening is al voor een andere gebruikt. Er vertrekt niets; bel de beheerder van het schakelpunt.',
  request_budget_spent:
    'Het aantal berekeningen uit de deelafspraak is op. De partners kunnen een nieuwe afspraak maken.',
  job_not_by_broker:
    'De berekening is niet ondertekend door het schakelpunt van dit Datalab. Er vertrekt niets; bel de andere partners.',
  job_other_request: 'De berekening hoort bij een andere aanvraag. Er vertrekt niets.',
  job_expired: 'De berekening is al voorbij. De coördinator kan een nieuwe openen.',
  job_too_long: 'De berekening zou langer open staan dan is afgesproken. Er vertrekt niets.',
  not_in_checkpoint:
    'De andere partners hebben dit nog niet medeondertekend. Het knooppunt probeert het vanzelf opnieuw.',
  checkpoint_missing:
    'Het controlespoor is nog niet door genoeg partners medeondertekend. Het knooppunt probeert het vanzelf opnieuw.',
  checkpoint_stale: 'De laatste medeondertekening is te oud. Het knooppunt wacht op de andere partners.',
  checkpoint_conflict:
    'Het medeondertekende controlespoor is een ander dan de eigen kopie. Er vertrekt niets; bel de andere partners.',
  log_incomplete: 'Het eigen controlespoor is niet volledig. Het knooppunt haalt de rest op.',
  revoked: 'De deelafspraak, de levering of de aanvraag is ingetrokken of vervangen.',
  conflicting_statement: 'In het controlespoor staat iets wat hiermee botst. Bekijk het controlespoor.',
  extract_not_ours: 'Er is om een levering gevraagd die niet van deze partner is. Er vertrekt niets.',
  extract_other_request: 'De levering is voor een andere aanvraag gemaakt. Er vertrekt niets.',
  steward_declined: 'De gegevensbeheerder wil voor deze aanvraag niet leveren.',
  extract_changed:
    'De levering in het controlespoor is een andere dan die van dit knooppunt. Er vertrekt niets; bel de andere partners.',
  extract_key_gone: 'De sleutel van de levering bestaat niet meer. Lever opnieuw.',
  other: 'Het knooppunt noemt een reden die deze bladzijde niet kent: {{code}}.',
} as const satisfies Record<RefusalCode | 'other', string>

const en: Record<keyof typeof nl, string> = {
  roster_expired: 'The roster has expired. An officer puts the next one forward at Participants.',
  roster_not_accepted: 'This partner has not accepted the roster yet. An officer does that at Participants.',
  clock_differs: 'The clock of this node differs from those of the others. Have the operator set it right.',
  agreement_not_active: 'The sharing agreement is not active. See at Sharing agreements who still has to sign.',
  agreement_expired: 'The sharing agreement has expired. The coordinator can put a new one forward.',
  request_not_in_role: 'The request is not signed by a coordinator of the roster. Call the coordinator.',
  request_expired: 'The request has expired. The coordinator can ask again.',
  request_column_not_agreed:
    'A variable was asked for that is not in the agreement. The coordinator asks without it, or for another agreement.',
  request_other_epoch:
    'Deliveries under an earlier key were asked for. Deliver again; then the coordinator can ask again.',
  request_rejected: 'An officer rejected the request.',
  approvals_missing: 'Not enough officers have approved yet.',
  own_approval_missing: 'Your own officer has not approved yet. That can be done on this page.',
  request_used: 'The keys were given for this request before; that does not happen twice.',
  job_key_used: 'The key of this analysis was used for another one. Nothing leaves; call the operator of the broker.',
  request_budget_spent: 'The number of analyses in the agreement is used up. The partners can make a new agreement.',
  job_not_by_broker: 'The analysis is not signed by the broker of this lab. Nothing leaves; call the other partners.',
  job_other_request: 'The analysis belongs to another request. Nothing leaves.',
  job_expired: 'The analysis is over. The coordinator can open a new one.',
  job_too_long: 'The analysis would be open longer than was agreed. Nothing leaves.',
  not_in_checkpoint: 'The other partners have not cosigned this yet. The node tries again by itself.',
  checkpoint_missing: 'Not enough partners have cosigned the audit trail yet. The node tries again by itself.',
  checkpoint_stale: 'The last cosignature is too old. The node waits for the other partners.',
  checkpoint_conflict:
    'The cosigned audit trail is another one than the own copy. Nothing leaves; call the other partners.',
  log_incomplete: 'The own audit trail is not complete. The node fetches the rest.',
  revoked: 'The agreement, the delivery or the request was withdrawn or replaced.',
  conflicting_statement: 'The audit trail holds something that contradicts this. See the audit trail.',
  extract_not_ours: 'A delivery was asked for that is not of this partner. Nothing leaves.',
  extract_other_request: 'The delivery was made for another request. Nothing leaves.',
  steward_declined: 'The data steward will not deliver for this request.',
  extract_changed:
    'The delivery in the audit trail is another one than that of this node. Nothing leaves; call the other partners.',
  extract_key_gone: 'The key of the delivery does not exist any more. Deliver again.',
  other: 'The node gives a reason that this page does not know: {{code}}.',
}

const refusalTexts = defineTexts('console-refusal', nl, en)

/** @returns words for a code, also for one of a node of another version */
export function useRefusalWords(): (code: string) => string {
  const say = useTexts(refusalTexts)
  return (code) => {
    const known = refusalCode.safeParse(code)
    return known.success ? say(known.data) : say('other', { code })
  }
}
