// report_page.js: a report in a real browser, light, dark, narrow and printed
// SPDX-License-Identifier: GPL-3.0-or-later
//
// usage: node report_page.js STEELYARD-CLI DECISION.json [PICTURES]
// Needs Chromium ($CHROMIUM, or chromium in the path) and playwright-core and
// axe-core where NODE_PATH says; skipped without. Writes pictures to the folder
// PICTURES, to be looked at.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const VIEWS = [
  { name: 'light', colorScheme: 'light', width: 1100 },
  { name: 'dark', colorScheme: 'dark', width: 1100 },
  { name: 'narrow', colorScheme: 'light', width: 360 },
  { name: 'print', colorScheme: 'light', width: 800, media: 'print' },
];

function need(what, find) {
  try {
    return find();
  } catch (error) {
    console.log(`1..0 # SKIP ${what} is not there`);
    process.exit(0);
  }
}

// What axe finds in one view, what the page asks for, and whether it is too wide.
async function look(browser, page_file, view, axe, pictures) {
  const context = await browser.newContext({ colorScheme: view.colorScheme, viewport: { width: view.width, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const faults = [];

  page.on('request', request => {
    if (!request.url().startsWith('file:'))
      faults.push(`asks for ${request.url()}`);
  });
  page.on('console', message => faults.push(`says ${message.text()}`));
  await page.goto(`file://${page_file}`);
  if (view.media)
    await page.emulateMedia({ media: view.media, colorScheme: view.colorScheme });
  if (pictures)
    await page.screenshot({ path: path.join(pictures, `${view.name}.png`), fullPage: true });

  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  for (const each of violations)
    if (['serious', 'critical'].includes(each.impact))
      faults.push(`${each.impact}: ${each.id}: ${each.nodes[0].html.slice(0, 200)}`);
  if (!view.media && await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
    faults.push('is wider than the window');

  await context.close();
  return faults;
}

async function main() {
  const [cli, decision, pictures] = process.argv.slice(2);
  const { chromium } = need('playwright-core', () => require('playwright-core'));
  const axe = fs.readFileSync(need('axe-core', () => require.resolve('axe-core/axe.min.js')), 'utf8');
  const program = process.env.CHROMIUM || need('chromium', () => execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim());
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-page-'));
  const page_file = path.join(folder, 'report.html');
  let failed = 0;

  execFileSync(cli, ['report', decision, '-o', page_file]);
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });

  console.log(`1..${VIEWS.length}`);
  for (const [i, view] of VIEWS.entries()) {
    const faults = await look(browser, page_file, view, axe, pictures);

    failed += faults.length > 0;
    console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${i + 1} ${view.name}`);
    for (const fault of faults)
      console.log(`# ${fault}`);
  }

  await browser.close();
  fs.rmSync(folder, { recursive: true });
  process.exit(failed > 0 ? 1 : 0);
}

main();
