/**
 * Every refusal of the node outside the delivery of files, with its status over HTTP, its exit code and its texts.
 * `contracts/docs/errors.md`, section Node, has the same codes; a test compares the two both ways.
 *
 * Exit codes: 1 unexpected, 2 the command or its input, 3 something has to happen first, 4 refused, 5 broker, 6 frozen or not verified.
 * @module
 */
import type { ProblemTexts } from './problem-texts.ts'

export const coreCodes = {
  invalid_request: {
    status: 400,
    exit: 2,
    reason: { nl: 'Het verzoek heeft niet de afgesproken vorm.', en: 'The request does not have the agreed form.' },
    remedy: {
      nl: 'Verbeter de genoemde velden en probeer het opnieuw.',
      en: 'Correct the fields listed and try again.',
    },
  },
  unauthenticated: {
    status: 401,
    exit: 4,
    reason: {
      nl: 'U bent niet aangemeld, of het toegangsbewijs van dit knooppunt klopt niet.',
      en: "You are not signed in, or this node's access token is wrong.",
    },
    remedy: {
      nl: 'Meld u opnieuw aan; een programma gebruikt het bestand api-token in de map van het knooppunt.',
      en: "Sign in again; a program uses the file api-token in the node's folder.",
    },
  },
  not_found: {
    status: 404,
    exit: 2,
    reason: { nl: 'Dit bestaat niet bij dit knooppunt.', en: 'This does not exist at this node.' },
    remedy: { nl: 'Controleer het kenmerk.', en: 'Check the identifier.' },
  },
  payload_too_large: {
    status: 413,
    exit: 2,
    reason: { nl: 'Het bericht is groter dan toegestaan.', en: 'The message is larger than allowed.' },
    remedy: { nl: 'Maak het bericht kleiner.', en: 'Make the message smaller.' },
  },
  too_many_requests: {
    status: 429,
    exit: 2,
    reason: { nl: 'Te veel pogingen in korte tijd.', en: 'Too many attempts in a short time.' },
    remedy: { nl: 'Wacht een minuut en probeer het opnieuw.', en: 'Wait a minute and try again.' },
  },
  internal_error: {
    status: 500,
    exit: 1,
    reason: { nl: 'Er ging iets mis in het knooppunt.', en: 'Something went wrong in the node.' },
    remedy: {
      nl: 'Probeer het opnieuw; blijft het misgaan, geef de beheerder het tijdstip door.',
      en: 'Try again; if it keeps failing, tell the operator the time.',
    },
  },
  configuration_invalid: {
    status: 500,
    exit: 2,
    reason: { nl: 'De instellingen van het knooppunt kloppen niet.', en: "The node's settings are not right." },
    remedy: {
      nl: 'Vergelijk de instellingen met de README van het knooppunt.',
      en: "Compare the settings with the node's README.",
    },
  },
  listen_refused: {
    status: 500,
    exit: 2,
    reason: {
      nl: 'Zonder eigen TLS-certificaat luistert het knooppunt alleen op 127.0.0.1.',
      en: 'Without a TLS certificate of its own the node listens on 127.0.0.1 only.',
    },
    remedy: {
      nl: 'Stel een certificaat en sleutel in, of gebruik 127.0.0.1.',
      en: 'Configure a certificate and key, or use 127.0.0.1.',
    },
  },
  folder_insecure: {
    status: 500,
    exit: 2,
    reason: { nl: 'Een geheim bestand is voor anderen leesbaar.', en: 'A secret file can be read by others.' },
    remedy: { nl: 'Geef het bestand rechten 0600.', en: 'Give the file mode 0600.' },
  },
  not_initialised: {
    status: 409,
    exit: 3,
    reason: { nl: 'In deze map staat nog geen knooppunt.', en: 'There is no node in this folder yet.' },
    remedy: { nl: 'Voer eerst kruispunt-node init uit.', en: 'Run kruispunt-node init first.' },
  },
  key_store_locked: {
    status: 403,
    exit: 4,
    reason: {
      nl: 'De sleutelkluis gaat met dit wachtwoord niet open.',
      en: 'The key store does not open with this passphrase.',
    },
    remedy: { nl: 'Controleer het wachtwoordbestand van het knooppunt.', en: "Check the node's passphrase file." },
  },
  not_enrolled: {
    status: 409,
    exit: 3,
    reason: { nl: 'Dit knooppunt is nog niet ingeschreven.', en: 'This node has not been enrolled yet.' },
    remedy: {
      nl: 'Voer kruispunt-node enrol uit met de uitnodiging.',
      en: 'Run kruispunt-node enrol with the invitation.',
    },
  },
  already_enrolled: {
    status: 409,
    exit: 2,
    reason: {
      nl: 'Dit knooppunt is al bij een ander Datalab of met andere gegevens ingeschreven.',
      en: 'This node has been enrolled already, in another lab or with other details.',
    },
    remedy: { nl: 'Gebruik een eigen map per Datalab.', en: 'Use a folder of its own for each lab.' },
  },
  invitation_unreadable: {
    status: 422,
    exit: 2,
    reason: { nl: 'Dit bestand is geen uitnodiging.', en: 'This file is not an invitation.' },
    remedy: {
      nl: 'Vraag de coördinator het bestand opnieuw te sturen.',
      en: 'Ask the coordinator to send the file again.',
    },
  },
  invitation_expired: {
    status: 409,
    exit: 2,
    reason: { nl: 'De uitnodiging is verlopen.', en: 'The invitation has expired.' },
    remedy: { nl: 'Vraag de coördinator om een nieuwe uitnodiging.', en: 'Ask the coordinator for a new invitation.' },
  },
  broker_unreachable: {
    status: 503,
    exit: 5,
    reason: { nl: 'Het schakelpunt is niet bereikbaar.', en: 'The broker cannot be reached.' },
    remedy: {
      nl: 'Er gaat niets verloren; het knooppunt gaat verder zodra het schakelpunt er weer is.',
      en: 'Nothing is lost; the node goes on as soon as the broker is back.',
    },
  },
  broker_untrusted: {
    status: 502,
    exit: 4,
    reason: {
      nl: 'Het schakelpunt heeft niet het certificaat uit de uitnodiging.',
      en: 'The broker does not have the certificate of the invitation.',
    },
    remedy: {
      nl: 'Ga niet verder en bel de coördinator: dit kan een ander schakelpunt zijn.',
      en: 'Stop and call the coordinator: this may be another broker.',
    },
  },
  broker_answer_invalid: {
    status: 502,
    exit: 5,
    reason: {
      nl: 'Het antwoord van het schakelpunt heeft niet de afgesproken vorm.',
      en: 'The answer of the broker does not have the agreed form.',
    },
    remedy: {
      nl: 'Werk het knooppunt bij of meld het aan de beheerder van het schakelpunt.',
      en: 'Update the node, or tell the operator of the broker.',
    },
  },
  broker_refused: {
    status: 409,
    exit: 4,
    reason: { nl: 'Het schakelpunt heeft dit geweigerd.', en: 'The broker refused this.' },
    remedy: {
      nl: 'Lees de reden van het schakelpunt die erbij staat.',
      en: 'Read the reason of the broker that is given with it.',
    },
  },
  frozen: {
    status: 409,
    exit: 6,
    reason: {
      nl: 'Het knooppunt is stilgezet: het controlespoor van het schakelpunt spreekt zichzelf tegen.',
      en: 'The node has stopped: the log of the broker contradicts itself.',
    },
    remedy: {
      nl: 'Doe niets meer met dit Datalab. Bel de andere partners; het bewijs is bewaard.',
      en: 'Do nothing more with this lab. Call the other partners; the evidence has been kept.',
    },
  },
  withdrawn_here_only: {
    status: 409,
    exit: 6,
    reason: {
      nl: 'De sleutels zijn hier vernietigd. De intrekking staat niet in het controlespoor, want dit knooppunt is stilgezet.',
      en: 'The keys have been destroyed here. The withdrawal is not in the log, because this node has stopped.',
    },
    remedy: {
      nl: 'Bel de andere partners en zeg hun dat u hebt ingetrokken.',
      en: 'Call the other partners and tell them that you have withdrawn.',
    },
  },
  officer_unknown: {
    status: 404,
    exit: 2,
    reason: {
      nl: 'Deze functionaris heeft geen sleutel op dit knooppunt.',
      en: 'This officer has no key at this node.',
    },
    remedy: {
      nl: 'Kies een van de namen bij kruispunt-node fingerprint.',
      en: 'Choose one of the names shown by kruispunt-node fingerprint.',
    },
  },
  passphrase_wrong: {
    status: 403,
    exit: 4,
    reason: { nl: 'Het wachtwoord van deze functionaris klopt niet.', en: "This officer's passphrase is wrong." },
    remedy: { nl: 'Probeer het opnieuw.', en: 'Try again.' },
  },
  passphrase_weak: {
    status: 422,
    exit: 2,
    reason: { nl: 'Dit wachtwoord is te kort.', en: 'This passphrase is too short.' },
    remedy: { nl: 'Kies ten minste twaalf tekens.', en: 'Choose at least twelve characters.' },
  },
  short_code_wrong: {
    status: 422,
    exit: 4,
    reason: {
      nl: 'De code die u invoerde hoort niet bij dit stuk.',
      en: 'The code you typed does not belong to this document.',
    },
    remedy: {
      nl: 'Onderteken niet. Vergelijk de code opnieuw met de andere partners.',
      en: 'Do not sign. Compare the code with the other partners again.',
    },
  },
  roster_missing: {
    status: 409,
    exit: 3,
    reason: { nl: 'Er is nog geen deelnemerslijst.', en: 'There is no roster yet.' },
    remedy: {
      nl: 'Wacht tot alle partners zijn ingeschreven en de lijst is vastgesteld.',
      en: 'Wait until all partners have enrolled and the roster has been drawn up.',
    },
  },
  roster_not_ours: {
    status: 409,
    exit: 6,
    reason: {
      nl: 'Op de deelnemerslijst staan voor uw organisatie andere sleutels dan die van dit knooppunt.',
      en: "The roster has other keys for your organisation than this node's.",
    },
    remedy: {
      nl: 'Bevestig de lijst niet en bel de coördinator.',
      en: 'Do not accept the roster, and call the coordinator.',
    },
  },
  catching_up: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'Dit knooppunt weet niet zeker wat het het laatst heeft ondertekend en wacht op de andere partners.',
      en: 'This node is not sure what it signed last and waits for the other partners.',
    },
    remedy: {
      nl: 'Wacht tot genoeg knooppunten van andere partners verbonden zijn; het gaat dan vanzelf verder.',
      en: 'Wait until enough nodes of other partners are connected; it then goes on by itself.',
    },
  },
  roster_proposed: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'Deze deelnemerslijst is al voorgelegd, of de vorige geldt nog niet.',
      en: 'This roster has been put forward already, or the one before is not in force yet.',
    },
    remedy: {
      nl: 'Vergelijk haar code met de andere partners en bevestig haar.',
      en: 'Compare its code with the other partners and accept it.',
    },
  },
  roster_expired: {
    status: 409,
    exit: 4,
    reason: { nl: 'De deelnemerslijst is verlopen.', en: 'The roster has expired.' },
    remedy: {
      nl: 'Verleng haar met kruispunt-node roster propose --days en laat de partners bevestigen.',
      en: 'Renew it with kruispunt-node roster propose --days and have the partners accept.',
    },
  },
  roster_unusable: {
    status: 422,
    exit: 2,
    reason: {
      nl: 'Met deze wijziging klopt de deelnemerslijst niet meer.',
      en: 'With this change the roster is not consistent.',
    },
    remedy: {
      nl: 'Een sleutel of functionaris kan maar op één plaats staan; kies een andere.',
      en: 'A key or officer can stand in one place only; choose another.',
    },
  },
  officer_not_in_roster: {
    status: 403,
    exit: 4,
    reason: {
      nl: 'Deze functionaris staat niet op de geldende deelnemerslijst.',
      en: 'This officer is not in the roster in force.',
    },
    remedy: {
      nl: 'Laat een functionaris tekenen die erop staat, of leg een nieuwe lijst voor.',
      en: 'Have an officer sign who is in it, or put a new roster forward.',
    },
  },
  officer_last: {
    status: 409,
    exit: 2,
    reason: {
      nl: 'Zonder deze functionaris kan niemand meer namens uw organisatie besluiten.',
      en: 'Without this officer nobody could decide for your organisation.',
    },
    remedy: { nl: 'Voeg in dezelfde wijziging een andere toe.', en: 'Add another one in the same change.' },
  },
  party_unknown: {
    status: 404,
    exit: 2,
    reason: { nl: 'Deze partner staat niet op de deelnemerslijst.', en: 'This partner is not in the roster.' },
    remedy: {
      nl: 'Kies een naam uit kruispunt-node roster show.',
      en: 'Choose a name from kruispunt-node roster show.',
    },
  },
  party_last: {
    status: 409,
    exit: 2,
    reason: {
      nl: 'Een Datalab heeft ten minste twee partners.',
      en: 'A Data Lab has at least two partners.',
    },
    remedy: {
      nl: 'Trek de deelafspraken in als het Datalab ophoudt.',
      en: 'Withdraw the agreements if the lab ends.',
    },
  },
  roster_not_accepted: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'Nog niet iedere partner heeft de deelnemerslijst bevestigd.',
      en: 'Not every partner has accepted the roster yet.',
    },
    remedy: {
      nl: 'Laat de genoemde partners de vingerafdruk vergelijken en bevestigen.',
      en: 'Have the partners compare the fingerprint and accept.',
    },
  },
  already_decided: {
    status: 409,
    exit: 0,
    reason: {
      nl: 'Hierover is bij dit knooppunt al een besluit genomen.',
      en: 'This node has already decided on this.',
    },
    remedy: { nl: 'Er is niets nodig.', en: 'Nothing to do.' },
  },
  agreement_unknown: {
    status: 404,
    exit: 2,
    reason: { nl: 'Deze deelafspraak is niet bekend.', en: 'This agreement is not known.' },
    remedy: {
      nl: 'Kies een kenmerk uit kruispunt-node agreement list.',
      en: 'Choose an identifier from kruispunt-node agreement list.',
    },
  },
  agreement_ambiguous: {
    status: 409,
    exit: 2,
    reason: {
      nl: 'Er is meer dan één deelafspraak waaronder dit kan.',
      en: 'There is more than one agreement this could fall under.',
    },
    remedy: { nl: 'Noem het kenmerk van de deelafspraak.', en: 'Name the identifier of the agreement.' },
  },
  agreement_not_ours: {
    status: 403,
    exit: 4,
    reason: {
      nl: 'Uw organisatie is geen partij bij deze deelafspraak.',
      en: 'Your organisation is no party to this agreement.',
    },
    remedy: { nl: 'Kies een andere deelafspraak.', en: 'Choose another agreement.' },
  },
  agreement_not_active: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'De deelafspraak is niet door iedere partner ondertekend, nog niet ingegaan, of ingetrokken.',
      en: 'The agreement is not signed by every partner, has not begun, or has been withdrawn.',
    },
    remedy: {
      nl: 'Bekijk de stand met kruispunt-node agreement list.',
      en: 'Look at its state with kruispunt-node agreement list.',
    },
  },
  agreement_expired: {
    status: 409,
    exit: 4,
    reason: { nl: 'De deelafspraak is verlopen.', en: 'The agreement has expired.' },
    remedy: { nl: 'Stel een nieuwe deelafspraak op.', en: 'Draft a new agreement.' },
  },
  ceremony_not_complete: {
    status: 409,
    exit: 3,
    reason: { nl: 'De partners hebben nog geen gezamenlijke sleutel.', en: 'The partners have no joint key yet.' },
    remedy: {
      nl: 'Bekijk met kruispunt-node ceremony status op wie het wachten is.',
      en: 'See with kruispunt-node ceremony status who is being waited for.',
    },
  },
  ceremony_not_running: {
    status: 409,
    exit: 2,
    reason: { nl: 'Er loopt geen sleutelafspraak om op te geven.', en: 'There is no key ceremony to give up.' },
    remedy: { nl: 'Er is niets nodig.', en: 'Nothing to do.' },
  },
  ceremony_not_aborted: {
    status: 409,
    exit: 2,
    reason: {
      nl: 'Een nieuwe ronde kan pas als de vorige is opgegeven.',
      en: 'A new round is possible only after the previous one was given up.',
    },
    remedy: {
      nl: 'Geef de lopende ronde eerst op, of wacht tot zij klaar is.',
      en: 'Give the running round up first, or wait until it is complete.',
    },
  },
  ceremony_in_use: {
    status: 409,
    exit: 2,
    reason: {
      nl: 'Er is al geleverd met deze gezamenlijke sleutel; opgeven kan niet meer.',
      en: 'There are deliveries under this joint key; it can no longer be given up.',
    },
    remedy: { nl: 'Trek de leveringen of de deelafspraak in.', en: 'Withdraw the deliveries or the agreement.' },
  },
  request_unknown: {
    status: 404,
    exit: 2,
    reason: { nl: 'Deze aanvraag is niet bekend.', en: 'This request is not known.' },
    remedy: {
      nl: 'Kies een kenmerk uit kruispunt-node request list.',
      en: 'Choose an identifier from kruispunt-node request list.',
    },
  },
  extract_unknown: {
    status: 404,
    exit: 2,
    reason: { nl: 'Deze levering is bij dit knooppunt niet bekend.', en: 'This extract is not known at this node.' },
    remedy: {
      nl: 'Kies een kenmerk uit kruispunt-node extract list.',
      en: 'Choose an identifier from kruispunt-node extract list.',
    },
  },
  extract_already_sent: {
    status: 409,
    exit: 2,
    reason: { nl: 'Deze levering is al verstuurd.', en: 'This extract has been sent already.' },
    remedy: {
      nl: 'Trek haar in, of vervang haar door een nieuwe versie.',
      en: 'Withdraw it, or replace it with a new version.',
    },
  },
  extract_stays_here: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'Deze dataset blijft volgens de deelafspraak hier. Zij gaat alleen weg voor één goedgekeurde aanvraag, na uw bevestiging.',
      en: 'By the agreement this dataset stays here. It leaves only for one approved request, after you confirm.',
    },
    remedy: {
      nl: 'Er is niets nodig: wat klaarstaat, wordt gebruikt. Kijk met kruispunt-node extract asked of er iets gevraagd is.',
      en: 'Nothing to do: what was prepared is used. See with kruispunt-node extract asked whether anything is asked.',
    },
  },
  request_not_to_confirm: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'Bij deze aanvraag is hier niets te bevestigen: zij wacht nog op goedkeuring, is voorbij, of er is al over beslist.',
      en: 'There is nothing to confirm here for this request: it still waits for approval, is over, or was decided on.',
    },
    remedy: {
      nl: 'Kijk met kruispunt-node extract asked hoe het ervoor staat.',
      en: 'See with kruispunt-node extract asked how it stands.',
    },
  },
  extract_not_ready: {
    status: 409,
    exit: 2,
    reason: { nl: 'Deze levering is niet klaar om te versturen.', en: 'This extract is not ready to be sent.' },
    remedy: { nl: 'Bereid haar opnieuw voor.', en: 'Prepare it again.' },
  },
  upload_damaged: {
    status: 502,
    exit: 5,
    reason: { nl: 'Een kolom is onderweg veranderd.', en: 'A column was changed on its way.' },
    remedy: { nl: 'Verstuur de levering opnieuw.', en: 'Send the extract again.' },
  },
  log_not_valid: {
    status: 409,
    exit: 6,
    reason: { nl: 'De eigen kopie van het controlespoor klopt niet.', en: 'The own copy of the log does not verify.' },
    remedy: {
      nl: 'Bewaar de map van het knooppunt en bel de andere partners.',
      en: "Keep the node's folder and call the other partners.",
    },
  },
} as const satisfies ProblemTexts
