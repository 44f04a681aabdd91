import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/console.ts';
import { look } from '../fixtures/look.ts';

test('by keyboard: a list of calls with columns of its own is mapped, previewed and taken in; the next one is read the same way', async ({ desk }) => {
  test.setTimeout(90_000);
  const { page } = desk;
  await page.setViewportSize({ width: 1440, height: 900 });
  const list = join(desk.workspaceDir, 'export.csv');
  writeFileSync(list, [
    'Datum;Art;Wer;Dauer;Ergebnis;Bemerkung;Kanal',
    '03.04.2026 09:15;eingehend;+49 170 1234567;02:10;angenommen;Rückruf zugesagt;1', '03.04.2026 10:15;ausgehend;+49 30 901820;;nicht angenommen;;1',
    'morgen;eingehend;+49 170 1234567;;angenommen;;2', '05.04.2026 10:15;eingehend;+49 170 1234568;00:45;angenommen;;2', '06.04.2026 10:15;eingehend;+49 170 1234569;;verpasst;;2', '06.04.2026 11:15;eingehend;+49 170 1234569;01:02;angenommen;;2',
  ].join('\n'));
  const open = async (): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
    await page.keyboard.type('Import history');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Or its path' }).fill(list);
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-test=call-map] select').first()).toBeFocused();
  };
  await expect(page.locator('[data-test=queue-row], .queue-row').first()).toBeVisible({ timeout: 20_000 });
  await open();
  const rows = page.locator('[data-test=call-map-preview] tbody tr');
  await expect(rows).toHaveCount(5);
  await expect(rows.first()).toContainText('+491701234567');
  await expect(rows.first()).toContainText('Inbound');
  await expect(rows.first()).toContainText('Answered');
  await expect(rows.nth(2)).toContainText('"morgen" is no time');
  // The number is left out by its key, and chosen again.
  const number = page.getByRole('combobox', { name: /^Wer/ });
  await expect(number).toHaveValue('remote_number');
  await number.focus();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-test=call-map-missing]')).toContainText('Say which column holds the number');
  await page.keyboard.type("Customer's nu");
  await expect(rows).toHaveCount(5);
  await expect(page.getByRole('combobox', { name: /^Kanal/ })).toHaveValue('');
  await look(page, 'call-list', 'map');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Import 5 calls' }).press('Enter');
  await expect(page.locator('[data-test=job]')).toContainText('5 new');
  await expect(page.locator('[data-test=job]')).toContainText('export.left-out.csv');
  await expect(page.getByRole('textbox', { name: 'Or its path' })).toBeFocused();
  await look(page, 'call-list', 'done');
  await page.keyboard.press('Escape');
  await open();
  await expect(page.locator('[data-test=call-map]')).toContainText('1 line cannot come in');
  await expect(number).toHaveValue('remote_number');
});
