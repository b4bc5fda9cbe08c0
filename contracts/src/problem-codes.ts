/**
 * Every code a refusal of the broker can carry, with its status and texts. One list, so that a code without a status or a
 * remedy does not compile; `docs/errors.md` has the same codes and a test compares the two both ways.
 * @module
 */
import { accountCodes } from './account-codes.ts'
import type { Bilingual } from './ids.ts'

type ProblemText = { readonly status: number; readonly reason: Bilingual; readonly remedy: Bilingual }

export const problemCodes = {
  invalid_request: {
    status: 400,
    reason: { nl: 'Het verzoek heeft niet de afgesproken vorm.', en: 'The request does not have the agreed form.' },
    remedy: {
      nl: 'Verbeter de genoemde velden en probeer het opnieuw.',
      en: 'Correct the fields listed and try again.',
    },
  },
  unauthenticated: {
    status: 401,
    reason: {
      nl: 'U bent niet aangemeld, of de aanmelding is verlopen.',
      en: 'There is no valid session or certificate.',
    },
    remedy: {
      nl: 'Meld u opnieuw aan, of schrijf het knooppunt in met een uitnodiging.',
      en: 'Sign in again, or enrol the node with an invitation.',
    },
  },
  forbidden: {
    status: 403,
    reason: { nl: 'Deze handeling hoort niet bij uw rol.', en: 'This action does not belong to your role.' },
    remedy: { nl: 'Vraag de Datalab-coördinator wie dit mag doen.', en: 'Ask the lab coordinator who may do this.' },
  },
  not_found: {
    status: 404,
    reason: { nl: 'Dit bestaat niet, of niet voor u.', en: 'This does not exist, or not for you.' },
    remedy: { nl: 'Controleer het kenmerk.', en: 'Check the identifier.' },
  },
  conflict: {
    status: 409,
    reason: { nl: 'Dit past niet bij wat er al is vastgelegd.', en: 'This does not fit what is already on record.' },
    remedy: { nl: 'Haal de laatste stand op en probeer het opnieuw.', en: 'Fetch the current state and try again.' },
  },
  payload_too_large: {
    status: 413,
    reason: { nl: 'Het bericht is groter dan toegestaan.', en: 'The message is larger than allowed.' },
    remedy: {
      nl: 'Verklein het bericht of vraag de beheerder de grens te verhogen.',
      en: 'Make the message smaller or ask the operator to raise the limit.',
    },
  },
  too_many_requests: {
    status: 429,
    reason: { nl: 'Te veel verzoeken in korte tijd.', en: 'Too many requests in a short time.' },
    remedy: { nl: 'Wacht een minuut en probeer het opnieuw.', en: 'Wait a minute and try again.' },
  },
  internal_error: {
    status: 500,
    reason: { nl: 'Er ging iets mis in het schakelpunt.', en: 'Something went wrong at the broker.' },
    remedy: {
      nl: 'Probeer het opnieuw; blijft het misgaan, geef de beheerder het tijdstip door.',
      en: 'Try again; if it keeps failing, tell the operator the time.',
    },
  },
  unavailable: {
    status: 503,
    reason: { nl: 'Het schakelpunt is bezig met starten of stoppen.', en: 'The broker is starting or stopping.' },
    remedy: { nl: 'Probeer het over een minuut opnieuw.', en: 'Try again in a minute.' },
  },
  lab_full: {
    status: 409,
    reason: { nl: 'Dit Datalab kan hiervan niet meer bewaren.', en: 'This lab can keep no more of these.' },
    remedy: { nl: 'Verwijder iets dat u niet meer gebruikt.', en: 'Remove something that is no longer used.' },
  },
  personal_data_in_text: {
    status: 422,
    reason: {
      nl: 'In deze tekst lijkt een gegeven van één persoon te staan.',
      en: 'This text seems to hold something that belongs to one person.',
    },
    remedy: {
      nl: 'Haal het nummer, het adres of de datum weg. Hier staat alleen iets over groepen en organisaties.',
      en: 'Take out the number, the address or the date. Only groups and organisations belong here.',
    },
  },
  not_your_contribution: {
    status: 403,
    reason: {
      nl: 'Deze bijdrage is van een andere organisatie of een andere rol.',
      en: 'This contribution belongs to another organisation or another role.',
    },
    remedy: {
      nl: 'Schrijf er een opmerking bij, of vraag wie haar schreef om haar aan te passen.',
      en: 'Write a remark beside it, or ask whoever wrote it to change it.',
    },
  },
  organisation_stepped_out: {
    status: 409,
    reason: {
      nl: 'Uw organisatie is uit dit Datalab gestapt.',
      en: 'Your organisation has stepped out of this lab.',
    },
    remedy: {
      nl: 'Stap eerst weer in. Wat u schreef staat er nog.',
      en: 'Step in again first. What you wrote is still there.',
    },
  },
  contribution_unfit: {
    status: 422,
    reason: {
      nl: 'Deze bijdrage past niet bij wat er al staat.',
      en: 'This contribution does not fit what is there already.',
    },
    remedy: {
      nl: 'Kijk welk deel genoemd wordt, ververs de pagina en probeer het opnieuw.',
      en: 'See which part is named, refresh the page and try again.',
    },
  },
  phase_shut: {
    status: 409,
    reason: {
      nl: 'De volgende fase is nog niet open.',
      en: 'The next phase is not open yet.',
    },
    remedy: {
      nl: 'Kijk op de pagina van de fase wat er nog nodig is, en van wie.',
      en: 'See on the page of the phase what is still needed, and from whom.',
    },
  },
  changed_meanwhile: {
    status: 409,
    reason: {
      nl: 'Iemand anders heeft dit intussen veranderd.',
      en: 'Somebody else has changed this in the meantime.',
    },
    remedy: {
      nl: 'Lees wat er nu staat en breng uw wijziging daarin aan.',
      en: 'Read what is there now and make your change in that.',
    },
  },
  invitation_invalid: {
    status: 403,
    reason: {
      nl: 'Deze uitnodiging is ongeldig, verlopen of al gebruikt.',
      en: 'This invitation is invalid, expired or used.',
    },
    remedy: { nl: 'Vraag de coördinator om een nieuwe uitnodiging.', en: 'Ask the coordinator for a new invitation.' },
  },
  enrolment_invalid: {
    status: 422,
    reason: {
      nl: 'De inschrijving klopt niet: sleutels, bewijs en certificaataanvraag passen niet bij elkaar.',
      en: 'The enrolment is not consistent: keys, proofs and certificate request do not fit.',
    },
    remedy: {
      nl: 'Begin de inschrijving opnieuw met dezelfde uitnodiging.',
      en: 'Start the enrolment again with the same invitation.',
    },
  },
  envelope_malformed: {
    status: 400,
    reason: {
      nl: 'Deze verklaring heeft niet de vorm van een ondertekende verklaring.',
      en: 'This is not a well-formed signed statement.',
    },
    remedy: { nl: 'Werk het knooppunt bij en verstuur opnieuw.', en: 'Update the node and send again.' },
  },
  envelope_not_canonical: {
    status: 400,
    reason: {
      nl: 'De ondertekende tekst staat niet in de afgesproken schrijfwijze.',
      en: 'The signed text is not in canonical form.',
    },
    remedy: { nl: 'Werk het knooppunt bij en verstuur opnieuw.', en: 'Update the node and send again.' },
  },
  statement_malformed: {
    status: 400,
    reason: {
      nl: 'De verklaring mist velden of heeft velden te veel.',
      en: 'The statement has missing or extra members.',
    },
    remedy: { nl: 'Werk het knooppunt bij en verstuur opnieuw.', en: 'Update the node and send again.' },
  },
  signature_invalid: {
    status: 403,
    reason: { nl: 'De handtekening klopt niet.', en: 'The signature does not verify.' },
    remedy: {
      nl: 'Laat de ondertekenaar opnieuw tekenen; meld het als dit vaker gebeurt.',
      en: 'Have the signer sign again; report it if it happens again.',
    },
  },
  signer_unknown: {
    status: 403,
    reason: {
      nl: 'De sleutel van de ondertekenaar staat niet op de deelnemerslijst.',
      en: "The signer's key is not in the roster.",
    },
    remedy: {
      nl: 'Vergelijk de vingerafdrukken met de coördinator.',
      en: 'Compare the fingerprints with the coordinator.',
    },
  },
  wrong_lab: {
    status: 403,
    reason: { nl: 'De verklaring hoort bij een ander Datalab.', en: 'The statement belongs to another lab.' },
    remedy: { nl: 'Kies het juiste Datalab.', en: 'Choose the right lab.' },
  },
  wrong_roster: {
    status: 409,
    reason: {
      nl: 'De verklaring verwijst naar een andere deelnemerslijst.',
      en: 'The statement refers to another roster.',
    },
    remedy: {
      nl: 'Haal de laatste deelnemerslijst op en vergelijk de vingerafdruk.',
      en: 'Fetch the current roster and compare its fingerprint.',
    },
  },
  seen_conflict: {
    status: 409,
    reason: {
      nl: 'De ondertekenaar heeft een ander controlespoor gezien dan dit.',
      en: 'The signer has seen another log than this one.',
    },
    remedy: {
      nl: 'Stop en vergelijk het controlespoor met de andere partners.',
      en: 'Stop and compare the log with the other partners.',
    },
  },
  clock_ahead: {
    status: 409,
    reason: {
      nl: 'De verklaring draagt een tijdstip dat nog moet komen.',
      en: 'The statement carries a time that is yet to come.',
    },
    remedy: {
      nl: 'Zet de klok van het knooppunt gelijk en onderteken opnieuw.',
      en: "Set the node's clock right and sign again.",
    },
  },
  roster_invalid: {
    status: 422,
    reason: { nl: 'De deelnemerslijst is inwendig niet juist.', en: 'The roster is not consistent.' },
    remedy: {
      nl: 'Controleer de inschrijvingen en stel de lijst opnieuw op.',
      en: 'Check the enrolments and set the roster up again.',
    },
  },
  roster_rollback: {
    status: 409,
    reason: {
      nl: 'Deze deelnemerslijst is niet nieuwer dan de geldende.',
      en: 'This roster is not newer than the one in force.',
    },
    remedy: {
      nl: 'Stel een lijst op die op de geldende volgt.',
      en: 'Draw up a roster that follows the one in force.',
    },
  },
  roster_skipped: {
    status: 409,
    reason: {
      nl: 'Tussen deze deelnemerslijst en de geldende ontbreekt er een.',
      en: 'A roster between this one and the one in force is missing.',
    },
    remedy: {
      nl: 'Haal de laatste stand op en stel de lijst opnieuw op.',
      en: 'Fetch the current state and draw the roster up again.',
    },
  },
  roster_fast_forward: {
    status: 409,
    reason: {
      nl: 'Het versienummer van deze deelnemerslijst loopt vooruit.',
      en: 'The version number of this roster runs ahead.',
    },
    remedy: {
      nl: 'Gebruik het eerstvolgende versienummer; meld het als u deze lijst niet zelf maakte.',
      en: 'Use the next version number; report it if you did not make this roster.',
    },
  },
  roster_prev_differs: {
    status: 409,
    reason: {
      nl: 'Deze deelnemerslijst volgt niet op de geldende.',
      en: 'This roster does not follow the one in force.',
    },
    remedy: {
      nl: 'Haal de laatste stand op en stel de lijst opnieuw op.',
      en: 'Fetch the current state and draw the roster up again.',
    },
  },
  roster_below_threshold: {
    status: 409,
    reason: {
      nl: 'Te weinig partners hebben de nieuwe deelnemerslijst bevestigd.',
      en: 'Too few partners have accepted the new roster.',
    },
    remedy: {
      nl: 'Laat meer partners de code vergelijken en bevestigen.',
      en: 'Have more partners compare the code and accept.',
    },
  },
  roster_key_unproven: {
    status: 409,
    reason: {
      nl: 'Een nieuwe sleutel heeft de deelnemerslijst niet medeondertekend.',
      en: 'A new key has not signed the roster.',
    },
    remedy: {
      nl: 'Laat de partner van die sleutel de lijst bevestigen op het eigen knooppunt.',
      en: 'Have the partner of that key accept the roster at its own node.',
    },
  },
  roster_incomplete: {
    status: 409,
    reason: {
      nl: 'Nog niet iedere uitgenodigde partner is ingeschreven.',
      en: 'Not every invited partner has enrolled yet.',
    },
    remedy: { nl: 'Wacht op de genoemde partners.', en: 'Wait for the partners listed.' },
  },
  roster_exists: {
    status: 409,
    reason: {
      nl: 'Deze deelnemerslijst is al vastgelegd, of de eerste geldt nog niet.',
      en: 'This roster is on record already, or the first one is not in force yet.',
    },
    remedy: {
      nl: 'Laat de partners de vastgelegde lijst eerst bevestigen.',
      en: 'Have the partners accept the roster on record first.',
    },
  },
  roster_not_accepted: {
    status: 409,
    reason: {
      nl: 'Nog niet iedere partner heeft de deelnemerslijst bevestigd.',
      en: 'Not every partner has accepted the roster yet.',
    },
    remedy: {
      nl: 'Laat de genoemde partners de vingerafdruk vergelijken en bevestigen.',
      en: 'Have the partners compare the fingerprint and accept.',
    },
  },
  roster_expired: {
    status: 409,
    reason: { nl: 'De deelnemerslijst is verlopen.', en: 'The roster has expired.' },
    remedy: {
      nl: 'Verleng de deelnemerslijst: leg een volgende voor en laat de partners die bevestigen.',
      en: 'Renew the roster: put the next one forward and have the partners accept it.',
    },
  },
  chain_gap: {
    status: 409,
    reason: {
      nl: 'Er ontbreekt een eerdere verklaring van deze ondertekenaar.',
      en: 'An earlier statement of this signer is missing.',
    },
    remedy: { nl: 'Verstuur eerst de ontbrekende verklaring.', en: 'Send the missing statement first.' },
  },
  chain_replay: {
    status: 409,
    reason: {
      nl: 'Deze verklaring is al vastgelegd, of is ouder dan de laatste.',
      en: 'This statement is on record already, or older than the last.',
    },
    remedy: {
      nl: 'Er is niets nodig als zij al in het controlespoor staat.',
      en: 'Nothing to do if it is already in the log.',
    },
  },
  chain_fork: {
    status: 409,
    reason: {
      nl: 'Deze ondertekenaar heeft twee verklaringen met hetzelfde volgnummer.',
      en: 'This signer has made two statements with one sequence number.',
    },
    remedy: {
      nl: 'Stop en meld dit aan alle partners: een van de sleutels wordt dubbel gebruikt.',
      en: 'Stop and tell all partners: a key is in use twice.',
    },
  },
  statement_expired: {
    status: 409,
    reason: { nl: 'De verklaring is verlopen.', en: 'The statement has expired.' },
    remedy: { nl: 'Maak een nieuwe verklaring.', en: 'Make a new statement.' },
  },
  not_in_role: {
    status: 403,
    reason: {
      nl: 'Deze sleutel mag dit soort verklaring niet ondertekenen.',
      en: 'This key may not sign this kind of statement.',
    },
    remedy: { nl: 'Laat iemand met de juiste rol tekenen.', en: 'Have somebody with the right role sign.' },
  },
  agreement_unknown: {
    status: 404,
    reason: { nl: 'Deze deelafspraak is niet bekend in dit Datalab.', en: 'This agreement is not known in this lab.' },
    remedy: { nl: 'Controleer het kenmerk van de deelafspraak.', en: "Check the agreement's identifier." },
  },
  agreement_invalid: {
    status: 422,
    reason: { nl: 'De deelafspraak is inwendig niet juist.', en: 'The agreement is not consistent.' },
    remedy: {
      nl: 'Verbeter de genoemde onderdelen en bied haar opnieuw aan.',
      en: 'Correct the parts listed and offer it again.',
    },
  },
  agreement_exists: {
    status: 409,
    reason: { nl: 'Deze deelafspraak is al ingediend.', en: 'This agreement is on record already.' },
    remedy: { nl: 'Er is niets nodig.', en: 'Nothing to do.' },
  },
  agreement_not_active: {
    status: 409,
    reason: {
      nl: 'De deelafspraak is nog niet door iedere partner ondertekend.',
      en: 'The agreement has not been signed by every partner.',
    },
    remedy: { nl: 'Wacht tot alle partners hebben getekend.', en: 'Wait until all partners have signed.' },
  },
  agreement_expired: {
    status: 409,
    reason: { nl: 'De deelafspraak is verlopen of nog niet ingegaan.', en: 'The agreement is outside its dates.' },
    remedy: { nl: 'Stel een nieuwe deelafspraak op.', en: 'Draft a new agreement.' },
  },
  already_decided: {
    status: 409,
    reason: {
      nl: 'Deze functionaris heeft hierover al een besluit genomen.',
      en: 'This officer has already decided on this.',
    },
    remedy: { nl: 'Er is niets nodig.', en: 'Nothing to do.' },
  },
  revoked: {
    status: 409,
    reason: { nl: 'Dit is ingetrokken.', en: 'This has been withdrawn.' },
    remedy: {
      nl: 'Vraag de partner die introk naar de reden.',
      en: 'Ask the partner that withdrew it for the reason.',
    },
  },
  ceremony_out_of_order: {
    status: 409,
    reason: {
      nl: 'Dit bericht past niet bij de stand van de sleutelafspraak.',
      en: 'This message does not fit the state of the key ceremony.',
    },
    remedy: {
      nl: 'Bekijk de stand van de sleutelafspraak; begin zo nodig een nieuwe ronde.',
      en: "Look at the ceremony's state; start a new round if needed.",
    },
  },
  ceremony_not_complete: {
    status: 409,
    reason: { nl: 'De partners hebben nog geen gezamenlijke sleutel.', en: 'The partners have no joint key yet.' },
    remedy: {
      nl: 'Wacht tot alle partnerknooppunten de sleutelafspraak hebben afgerond.',
      en: 'Wait until all nodes have completed the key ceremony.',
    },
  },
  oprf_not_agreed: {
    status: 403,
    reason: {
      nl: 'Deze partner mag onder deze deelafspraak geen gezamenlijke nummers vragen.',
      en: 'This partner may not ask for joint numbers under this agreement.',
    },
    remedy: {
      nl: 'Kijk in de deelafspraak wie het bsn mag gebruiken, of vraag een aanpassing.',
      en: 'See in the agreement who may use the citizen number, or ask for a change.',
    },
  },
  oprf_out_of_order: {
    status: 409,
    reason: {
      nl: 'Dit past niet bij de stand van de reeks gezamenlijke nummers.',
      en: 'This does not fit the state of the batch of joint numbers.',
    },
    remedy: {
      nl: 'Haal de laatste stand op en bereid de levering opnieuw voor.',
      en: 'Fetch the current state and prepare the extract again.',
    },
  },
  elements_missing: {
    status: 409,
    reason: {
      nl: 'De reeks waar dit bericht over gaat is niet heel ontvangen.',
      en: 'The batch this statement is about has not arrived intact.',
    },
    remedy: {
      nl: 'Stuur de reeks opnieuw; wat er al is, wordt overgeslagen.',
      en: 'Send the batch again; what is there already is skipped.',
    },
  },
  column_not_agreed: {
    status: 403,
    reason: { nl: 'Er zit een kolom in die niet in de deelafspraak staat.', en: 'A column is not in the agreement.' },
    remedy: {
      nl: 'Kies alleen kenmerken uit de deelafspraak, of vraag een aanpassing.',
      en: 'Choose only variables of the agreement, or ask for a change.',
    },
  },
  too_many_records: {
    status: 403,
    reason: {
      nl: 'De levering telt meer personen of regels dan de deelafspraak toestaat.',
      en: 'The extract holds more records than the agreement allows.',
    },
    remedy: {
      nl: 'Controleer het bestand; vraag zo nodig een hogere grens in de deelafspraak.',
      en: 'Check the file; ask for a higher limit in the agreement if needed.',
    },
  },
  extract_mode_differs: {
    status: 403,
    reason: {
      nl: 'Deze dataset wordt volgens de deelafspraak op de andere manier geleverd: vast, of alleen voor één goedgekeurde aanvraag.',
      en: 'By the agreement this dataset is delivered the other way: standing, or for one approved request only.',
    },
    remedy: {
      nl: 'Kijk in de deelafspraak hoe deze dataset wordt geleverd.',
      en: 'See in the agreement how this dataset is delivered.',
    },
  },
  extract_exists: {
    status: 409,
    reason: { nl: 'Deze levering is al ontvangen.', en: 'This extract has been received already.' },
    remedy: {
      nl: 'Er is niets nodig. Wilt u vervangen, lever dan een nieuwe versie.',
      en: 'Nothing to do. To replace it, send a new version.',
    },
  },
  extract_incomplete: {
    status: 409,
    reason: {
      nl: 'Niet alle kolommen van de levering zijn ontvangen, of een kolom is beschadigd.',
      en: 'Not all columns of the extract have arrived intact.',
    },
    remedy: {
      nl: 'Verstuur de levering opnieuw; wat er al is wordt overgeslagen.',
      en: 'Send the extract again; what is there already is skipped.',
    },
  },
  extract_unknown: {
    status: 404,
    reason: {
      nl: 'Deze levering is niet bekend, vervangen of ingetrokken.',
      en: 'This extract is unknown, replaced or withdrawn.',
    },
    remedy: { nl: 'Vraag de partner om een nieuwe levering.', en: 'Ask the partner for a new extract.' },
  },
  request_unknown: {
    status: 404,
    reason: { nl: 'Deze aanvraag is niet bekend.', en: 'This request is not known.' },
    remedy: { nl: 'Controleer het kenmerk van de aanvraag.', en: "Check the request's identifier." },
  },
  request_invalid: {
    status: 422,
    reason: {
      nl: 'De aanvraag noemt iets dat niet bij de deelafspraak hoort.',
      en: 'The request names something outside the agreement.',
    },
    remedy: {
      nl: 'Stel de aanvraag opnieuw samen uit de deelafspraak.',
      en: 'Compose the request again from the agreement.',
    },
  },
  request_exists: {
    status: 409,
    reason: { nl: 'Dit kenmerk van een aanvraag is al gebruikt.', en: 'This request identifier has been used.' },
    remedy: { nl: 'Doe een nieuwe aanvraag.', en: 'Make a new request.' },
  },
  request_budget_spent: {
    status: 409,
    reason: { nl: 'Het afgesproken aantal aanvragen is bereikt.', en: 'The agreed number of requests is used up.' },
    remedy: { nl: 'Vraag een aanpassing van de deelafspraak.', en: 'Ask for a change of the agreement.' },
  },
  recovery_differs: {
    status: 409,
    reason: {
      nl: 'Dit controlespoor heeft op die plaats een andere inhoud dan het herstel noemt.',
      en: 'At that size this log holds something else than the recovery names.',
    },
    remedy: {
      nl: 'Vergelijk de code van het controlespoor opnieuw met de andere partners.',
      en: 'Compare the code of the log with the other partners again.',
    },
  },
  job_out_of_order: {
    status: 409,
    reason: { nl: 'Dit past niet bij de stand van de berekening.', en: 'This does not fit the state of the job.' },
    remedy: { nl: 'Bekijk de stand van de berekening.', en: "Look at the job's state." },
  },
  job_not_open: {
    status: 409,
    reason: {
      nl: 'De berekening is niet open: zij wacht nog op partners, of is al gesloten.',
      en: 'The job is not open: it still waits for partners, or is closed.',
    },
    remedy: {
      nl: 'Wacht op de genoemde partners, of doe een nieuwe aanvraag.',
      en: 'Wait for the partners, or make a new request.',
    },
  },
  job_failed: {
    status: 500,
    reason: {
      nl: 'De leveringen konden niet worden geopend of geteld; er is niets getoond.',
      en: 'The extracts could not be opened or counted; nothing was shown.',
    },
    remedy: {
      nl: 'Laat de genoemde partner opnieuw leveren en vraag de berekening opnieuw aan.',
      en: 'Have the partner deliver again and request the job again.',
    },
  },
  question_not_allowed: {
    status: 403,
    reason: { nl: 'Deze tabel staat niet in de deelafspraak.', en: 'This table is not in the agreement.' },
    remedy: {
      nl: 'Kies kenmerken die de deelafspraak samen toestaat, of vraag een aanpassing.',
      en: 'Choose variables that the agreement allows together, or ask for a change.',
    },
  },
  tables_not_linked: {
    status: 403,
    reason: {
      nl: 'Deze tabellen gaan niet over dezelfde personen, huishoudens of registraties.',
      en: 'These tables are not about the same persons, households or records.',
    },
    remedy: { nl: 'Vraag ze een voor een.', en: 'Ask them one by one.' },
  },
  measure_not_allowed: {
    status: 403,
    reason: {
      nl: 'Dit bedrag of deze hoeveelheid mag bij deze tabel niet worden opgeteld.',
      en: 'This amount may not be added up in this table.',
    },
    remedy: {
      nl: 'Kies een hoeveelheid die de deelafspraak hier noemt, of vraag zonder.',
      en: 'Choose an amount that the agreement lists here, or ask without it.',
    },
  },
  question_budget_spent: {
    status: 409,
    reason: { nl: 'Het afgesproken aantal vragen is bereikt.', en: 'The agreed number of questions is used up.' },
    remedy: {
      nl: 'Gebruik de tabellen die er zijn, of vraag een aanpassing van de deelafspraak.',
      en: 'Use the tables that exist, or ask for a change of the agreement.',
    },
  },
  privacy_budget_spent: {
    status: 409,
    reason: {
      nl: 'Het privacybudget van deze groep is op.',
      en: 'The privacy budget of this population is spent.',
    },
    remedy: {
      nl: 'Gebruik de antwoorden die er zijn; die blijven te zien.',
      en: 'Use the answers that exist; they stay visible.',
    },
  },
  table_refused: {
    status: 409,
    reason: { nl: 'Deze tabel kan niet veilig worden getoond.', en: 'This table cannot be shown safely.' },
    remedy: {
      nl: 'Kies grovere categorieën of minder kenmerken; het advies noemt welke.',
      en: 'Choose coarser categories or fewer variables; the advice says which.',
    },
  },
  checkpoint_conflict: {
    status: 409,
    reason: {
      nl: 'De ondertekende stand van het controlespoor past niet bij de vorige.',
      en: 'The log checkpoint does not follow the previous one.',
    },
    remedy: {
      nl: 'Haal de laatste stand op en probeer het opnieuw.',
      en: 'Fetch the current checkpoint and try again.',
    },
  },
  cosignature_invalid: {
    status: 403,
    reason: { nl: 'De medeondertekening klopt niet.', en: 'The cosignature does not verify.' },
    remedy: { nl: 'Controleer de getuigensleutel van het knooppunt.', en: "Check the node's witness key." },
  },
  ...accountCodes,
} as const satisfies Record<string, ProblemText>
