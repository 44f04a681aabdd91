import { callMap, type CallMap, type CallPreview } from '../../src-preload/contract/index.ts';
import { detectFormat, guessMap, isOwnList, previewCalls, readSheet, signatureOf } from '../importers/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../store/index.ts';

const NAME = 'call-maps';
/** Enough for every telephone system an office ever had. */
const MOST = 50;

const readAll = (db: ReadDb): [string, CallMap][] => JSON.parse(tables.settingOf(db, NAME) ?? '[]') as [string, CallMap][];

/** Every map that is remembered, for taking a desk's setup along. */
export const callMaps = readAll;
export const putCallMaps = (tx: Tx, maps: readonly [string, CallMap][]): void => tables.putSetting(tx.db, NAME, JSON.stringify(maps.slice(0, MOST)));

/** How files with these columns were read before; null when they never were. */
export const rememberedMap = (db: ReadDb, header: readonly string[]): CallMap | null => readAll(db).find(([signature]) => signature === signatureOf(header))?.[1] ?? null;

export const rememberMap: Operation<{ signature: string; map: CallMap }, void> = {
  name: 'import.rememberMap',
  apply: (tx, { signature, map }) => tables.putSetting(tx.db, NAME, JSON.stringify([[signature, map], ...readAll(tx.db).filter(([other]) => other !== signature)].slice(0, MOST))),
};

/** A list of calls as it would come in; null for everything whose columns need no map. Throws as an import of the file would. */
export async function lookAtCalls(db: ReadDb, path: string, map: CallMap | null, now: number): Promise<CallPreview | null> {
  if ((await detectFormat(path)) !== 'calls-csv') return null;
  const sheet = await readSheet(path);
  const known = rememberedMap(db, sheet.header);
  if (map === null && known === null && isOwnList(sheet.header)) return null;
  const { officeZone: zone, defaultRegion: region } = tables.settingsOf(db);
  if (map !== null) assertZone(map.zone);
  return previewCalls(sheet, map ?? known ?? guessMap(sheet, { zone, region }), map === null && known !== null, { region, now });
}

function assertZone(zone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw new ParleyError('bad_input', `"${zone}" is no time zone; it reads like Europe/Lisbon.`);
  }
}

/** A map written down in a file; what it leaves out is as the office has it. */
export function readMap(text: string, office: { zone: string; region: string }, path: string): CallMap {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ParleyError('bad_input', `${path} holds no JSON. Nothing was imported.`);
  }
  const first = { zone: office.zone, dateOrder: 'dmy', unit: 'seconds', direction: 'ends' };
  const parsed = callMap.safeParse(typeof value === 'object' && value !== null ? { ...first, ...value } : value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ParleyError('bad_input', `${path} is no map of columns: ${issue ? `${issue.path.join('.') || 'columns'} ${issue.message}` : 'unknown shape'}. Nothing was imported.`);
  }
  assertZone(parsed.data.zone);
  return parsed.data;
}
