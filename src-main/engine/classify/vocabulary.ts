/** Words the rules are read with, five languages each. Singular and plural where both are used as names. */

const listOf = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Words for people: `{person}` in a rule, and tables about people. */
export const PERSON_WORDS = listOf(`
  person persons people customer customers client clients user users employee employees patient patients contact
  contacts member members student students teacher teachers guest guests passenger passengers subscriber
  subscribers candidate candidates applicant applicants staff doctor doctors driver drivers tenant tenants lead
  leads profile profiles recipient sender owner author beneficiary insured donor donors voter voters buyer seller
  kunde kunden mitarbeiter mitglied mitglieder benutzer nutzer personen patienten kontakt kontakte schüler
  studenten bewerber gast gäste mieter versicherte empfänger absender ärzte angestellte personne personnes
  utilisateur utilisateurs employé employés salarié salariés élève élèves étudiant étudiants adhérent adhérents
  membre membres destinataire locataire locataires invité persona personas cliente clientes usuario usuarios
  empleado empleados paciente pacientes contacto contactos alumno alumnos miembro miembros socio socios huésped
  destinatario persone clienti utente utenti dipendente dipendenti paziente pazienti contatto contatti studente
  studenti iscritto iscritti soci ospite ospiti inquilino inquilini medico medici
`);

/** Tables in which people write or are written about. */
export const CONVERSATION_WORDS = listOf(`
  ticket tickets message messages support chat chats feedback complaint complaints conversation conversations call
  calls appointment appointments visit visits review reviews survey surveys inquiry inquiries comment comments
  nachricht nachrichten anfrage anfragen beschwerde beschwerden termin termine besuch besuche réclamation
  réclamations demande demandes rendezvous mensaje mensajes queja quejas cita citas messaggio messaggi reclamo
  reclami appuntamento appuntamenti
`);

/** Left out before names are compared: they join words and say nothing. */
export const FILLER_WORDS = listOf(`
  of the der des de du la le les d l del el y e di della und et
`);

/**
 * Beside a matching phrase these say that the column is about the thing and not the thing itself: `email_sent_at`,
 * `phone_calls_count`, `address_id`.
 */
export const OTHER_MATTER_WORDS = listOf(`
  id ids uuid guid key fk ref count counts counter total sum avg average min max sent send received opened bounced
  bounce delivered queued verified verification confirmed confirmation validated valid validation enabled disabled
  active allowed required visible flag status type kind format template pattern regex policy rule rules provider
  server host port domain domains channel campaign queue at on time timestamp updated created changed modified
  deleted expires expired expiry attempts tries length size limit quota index version level score rate ratio opt
  optin optout subscribed unsubscribed consent preference preferences notification notifications is has can allow
  allows calls clicks label class group cost price fee width height range hostname product products model brand
  currency code codes anzahl gesendet bestätigt geändert erstellt gültig typ art nummernkreis vorlage envoyé
  vérifié modifié enviado verificado confirmado inviato verificato confermato tipo stato estado kennzeichen
`);

/**
 * Tables of things. A table whose name ends in one is not about people (`user_roles`); one that names no people at all is
 * about things.
 */
export const THING_WORDS = listOf(`
  product products country countries currency currencies server servers category categories template templates
  setting settings device devices item items warehouse warehouses produkt produkte artikel role roles groups type
  types status statuses tag tags permission permissions department departments plan plans rollen gruppen
  abteilungen rôles groupes grupos ruoli gruppi tipi store stores node nodes song songs movie movies film films
  city cities airport airports länder produit produits pays producto productos país países prodotto prodotti paese
  paesi
`);
