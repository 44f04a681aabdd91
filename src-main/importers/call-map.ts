import { createHash } from 'node:crypto';
import type { CallField, CallMap, CallPreview } from '../../src-preload/contract/index.ts';
import { plain, readCallTime, readDirection, readLength, readOutcome } from './call-values.ts';

export interface Sheet {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The column a file of lines that were left out has more than the file they come from. */
export const PROBLEM_COLUMN = 'parley_problem';

const NAMES: readonly [CallField, readonly string[]][] = [
  ['call_id', ['callid', 'uniqueid', 'sessionid', 'recordid', 'uuid', 'linkedid', 'id', 'iddallamada', 'idchamada', 'anrufid']],
  ['started_at', ['startedat', 'calldate', 'starttime', 'startdate', 'start', 'begin', 'datetime', 'timestamp', 'callstart', 'datum', 'date', 'fecha', 'fechahora', 'data', 'datahora', 'dateheure', 'datumzeit', 'beginn', 'anrufbeginn', 'tarikh', 'inicio', 'debut', 'dateandtime', 'calltime', 'createdat', 'when', 'दिनांक', 'तारीख', 'তারিখ']],
  ['started_time', ['time', 'uhrzeit', 'zeit', 'hora', 'heure', 'masa', 'समय', 'সময়']],
  ['answered_at', ['answeredat', 'answertime', 'answer', 'connectedat', 'connecttime', 'angenommenum']],
  ['ended_at', ['endedat', 'endtime', 'end', 'hanguptime', 'ende', 'fin', 'fim', 'tamat']],
  ['duration', ['billsec', 'talktime', 'talkduration', 'duration', 'durationseconds', 'durationsec', 'durations', 'durationmin', 'durationminutes', 'minutes', 'seconds', 'length', 'dauer', 'gesprachsdauer', 'duracion', 'duracao', 'duree', 'tempoh', 'अवधि', 'সময়কাল']],
  ['direction', ['direction', 'calldirection', 'calltype', 'type', 'richtung', 'art', 'direccion', 'sentido', 'tipo', 'direcao', 'sens', 'arah', 'दिशा', 'দিক']],
  ['remote_number', ['remotenumber', 'phonenumber', 'number', 'phone', 'telephone', 'customernumber', 'externalnumber', 'contactnumber', 'rufnummer', 'nummer', 'telefonnummer', 'telefon', 'numero', 'telefono', 'telefone', 'numerodetelefono', 'numerodetelephone', 'nombor', 'नंबर', 'নম্বর']],
  ['from_number', ['fromnumber', 'from', 'caller', 'callernumber', 'callerid', 'source', 'src', 'cli', 'anrufer', 'von', 'origen', 'origem', 'appelant', 'llamante', 'daripada', 'ani']],
  ['to_number', ['tonumber', 'to', 'callee', 'called', 'callednumber', 'destination', 'dst', 'dialednumber', 'angerufener', 'nach', 'an', 'ziel', 'destino', 'destinataire', 'appele', 'kepada', 'dnis']],
  ['result', ['result', 'status', 'callstatus', 'outcome', 'callresult', 'disposition', 'ergebnis', 'resultado', 'estado', 'situacao', 'resultat', 'statut', 'keputusan', 'परिणाम', 'ফলাফল']],
  ['customer_name', ['customername', 'name', 'callername', 'contact', 'contactname', 'nombre', 'nome', 'nom', 'kunde', 'kundenname', 'nama', 'नाम', 'নাম']],
  ['agent', ['agent', 'agentname', 'user', 'extension', 'answeredby', 'mitarbeiter', 'agente', 'atendente', 'usuario', 'ejen']],
  ['note', ['note', 'notes', 'comment', 'comments', 'remarks', 'notiz', 'bemerkung', 'nota', 'notas', 'comentario', 'observacao', 'commentaire', 'catatan']],
  ['disposition', ['disposition', 'wrapup', 'wrapupcode', 'dispositioncode']],
];

/** Names of the columns, each once: an empty one is named after its place, a second one of a name gets a figure. */
export function columnNames(header: readonly string[]): string[] {
  const names: string[] = [];
  header.forEach((raw, i) => {
    const name = raw.trim().slice(0, 250) || `Column ${i + 1}`;
    let own = name;
    for (let n = 2; names.includes(own); n += 1) own = `${name} (${n})`;
    names.push(own);
  });
  return names;
}

/** Files with the same columns in the same order are read in the same way. */
export const signatureOf = (header: readonly string[]): string =>
  createHash('sha256').update(columnNames(header).filter((name) => name !== PROBLEM_COLUMN).map(plain).join('\n')).digest('hex').slice(0, 32);

/** Where the columns of a map lie in this file; a name the file does not have is left out. */
export function placesOf(header: readonly string[], map: CallMap): Map<CallField, number> {
  const names = columnNames(header);
  const found = Object.entries(map.columns).map(([field, name]): [CallField, number] => {
    const exact = names.indexOf(name);
    return [field as CallField, exact >= 0 ? exact : names.findIndex((other) => plain(other) === plain(name))];
  });
  return new Map(found.filter(([, at]) => at >= 0));
}

const share = (values: readonly string[], fits: (value: string) => boolean): number => (values.length === 0 ? 0 : values.filter(fits).length / values.length);
const isTime = (value: string): boolean => readCallTime(value, 'dmy', 'UTC') !== null || readCallTime(value, 'mdy', 'UTC') !== null;
const isNumber = (value: string): boolean => /^[+(]?\d[\d\s().\u00a0/-]{5,}$/.test(value) && !isTime(value) && (value.startsWith('+') || value.startsWith('0') || /[\s()-]/.test(value) || value.length >= 9);

const LOOKS: readonly [CallField, (value: string) => boolean][] = [
  ['started_at', isTime], ['direction', (value) => readDirection(value) !== null], ['remote_number', isNumber],
  ['duration', (value) => /^(?:\d+:)?\d{1,3}:\d{2}$/.test(value)], ['result', (value) => readOutcome(value, 'inbound') !== null],
];

/** What this map leaves to be asked, seen from what stands in the file. */
export function questionsOf(sheet: Sheet, map: CallMap): CallPreview['asks'] {
  const places = placesOf(sheet.header, map);
  const values = (field: CallField): string[] => sheet.rows.map((row) => (row[places.get(field) ?? -1] ?? '').trim()).filter((value) => value !== '');
  const times = values('started_at');
  const fits = (order: CallMap['dateOrder']): boolean => times.every((value) => readCallTime(value, order, 'UTC') !== null);
  const differs = times.some((value) => readCallTime(value, 'dmy', 'UTC')?.at !== readCallTime(value, 'mdy', 'UTC')?.at);
  return {
    // Only when nothing in the file says it: a 13th month decides.
    dateOrder: differs && fits('dmy') === fits('mdy'),
    zone: times.some((value) => readCallTime(value, map.dateOrder, 'UTC')?.hasZone === false),
    unit: values('duration').some((value) => /^\d+(?:[.,]\d+)?$/.test(value)),
    direction: !places.has('direction'),
  };
}

/** Reads names in many languages first, then what stands in the columns. */
export function guessMap(sheet: Sheet, office: { zone: string; region: string }): CallMap {
  const names = columnNames(sheet.header);
  const columns: Partial<Record<CallField, string>> = {};
  const taken = new Set<string>([PROBLEM_COLUMN]);
  const take = (field: CallField, name: string): void => {
    columns[field] = name;
    taken.add(name);
  };
  const valuesOf = (name: string): string[] => sheet.rows.slice(0, 200).map((row) => (row[names.indexOf(name)] ?? '').trim()).filter((value) => value !== '');
  for (const [field, known] of NAMES) {
    // In the order of the known names: seconds talked are meant before seconds it rang.
    const named = known.flatMap((name) => names.filter((own) => !taken.has(own) && plain(own) === name));
    const look = LOOKS.find(([other]) => other === field)?.[1];
    const [best] = field === 'started_at' || field === 'direction' ? named.filter((name) => { const values = valuesOf(name); return values.length === 0 || (look !== undefined && share(values, look) >= 0.5); }) : named;
    if (best !== undefined) take(field, best);
  }
  const hasNumber = (): boolean => columns.remote_number !== undefined || (columns.from_number !== undefined && columns.to_number !== undefined);
  for (const [field, look] of LOOKS) {
    if (columns[field] !== undefined || (field === 'remote_number' && hasNumber())) continue;
    const free = names.filter((name) => !taken.has(name)).map((name) => ({ name, share: share(valuesOf(name), look) })).filter((column) => column.share >= 0.8).sort((a, b) => b.share - a.share)[0];
    if (free) take(field, free.name);
  }
  const draft: CallMap = {
    columns, zone: office.zone, dateOrder: office.region === 'US' || office.region === 'PH' ? 'mdy' : 'dmy',
    unit: /min/.test(plain(columns.duration ?? '')) ? 'minutes' : 'seconds', direction: columns.from_number !== undefined && columns.to_number !== undefined ? 'ends' : 'inbound',
  };
  const times = columns.started_at === undefined ? [] : valuesOf(columns.started_at);
  const wins = (order: CallMap['dateOrder']): number => times.filter((value) => readCallTime(value, order, 'UTC') !== null).length;
  const isDotted = times.some((value) => /^\d{1,2}\.\d{1,2}\.\d/.test(value));
  const dateOrder = wins('dmy') === wins('mdy') ? (isDotted ? 'dmy' : draft.dateOrder) : wins('dmy') > wins('mdy') ? 'dmy' : 'mdy';
  return { ...draft, dateOrder };
}

/** Fields without which no call can be told. */
export function missingOf(header: readonly string[], map: CallMap): CallPreview['missing'] {
  const places = placesOf(header, map);
  const hasNumber = places.has('remote_number') || (places.has('from_number') && places.has('to_number'));
  return [...(places.has('started_at') ? [] : ['started_at' as const]), ...(hasNumber ? [] : ['number' as const])];
}

/** A value of one line as the map reads it. */
export interface MappedCall { startedAt: number; direction: 'inbound' | 'outbound'; number: string; durationMs: number; result: string; raw: string; of(field: CallField): string }

const isOurs = (number: string): boolean => number.replace(/\D/g, '').length <= 6;

/** Reads one line; a sentence says why it cannot come in. */
export function readMapped(cells: readonly string[], places: ReadonlyMap<CallField, number>, map: CallMap): MappedCall | string {
  const of = (field: CallField): string => (cells[places.get(field) ?? -1] ?? '').trim();
  const shown = (text: string): string => `"${text.slice(0, 40)}"`;
  const raw = [of('started_at'), of('started_time')].filter((part) => part !== '').join(' ');
  const started = readCallTime(raw, map.dateOrder, map.zone);
  if (!started) return `${shown(raw)} is no time`;
  const [from, to] = [of('from_number'), of('to_number')];
  let direction: 'inbound' | 'outbound';
  if (places.has('direction')) {
    const read = readDirection(of('direction'));
    if (read === null) return `direction ${shown(of('direction'))} is neither inbound nor outbound`;
    direction = read;
  } else if (map.direction !== 'ends') direction = map.direction;
  else if (isOurs(from) === isOurs(to)) return `${shown(from)} and ${shown(to)} do not say who called`;
  else direction = isOurs(from) ? 'outbound' : 'inbound';
  const number = places.has('remote_number') ? of('remote_number') : direction === 'inbound' ? from : to;
  const length = of('duration') === '' ? null : readLength(of('duration'), map.unit);
  if (of('duration') !== '' && length === null) return `${shown(of('duration'))} is no length`;
  const answered = readCallTime(of('answered_at'), map.dateOrder, map.zone)?.at ?? null;
  const ended = readCallTime(of('ended_at'), map.dateOrder, map.zone)?.at ?? null;
  return { startedAt: started.at, direction, number, durationMs: length ?? (answered !== null && ended !== null ? Math.max(0, ended - answered) : 0), result: of('result') || of('direction'), raw, of };
}
