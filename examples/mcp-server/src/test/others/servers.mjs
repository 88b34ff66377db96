// Creates, changes and revokes a server on demand on the admins' page in Chromium, by keyboard alone, and checks each page
// with axe. Arguments: the address of the page, an admin's token, the folder for screenshots, the program.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const [address, token, shots, program] = process.argv.slice(2);
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const looks = [];
for (const [size, viewport] of [
  ['desktop', { width: 1000, height: 760 }],
  ['phone', { width: 390, height: 780, isMobile: true, hasTouch: true }],
]) {
  for (const scheme of ['light', 'dark']) {
    looks.push({ name: `${size}-${scheme}`, viewport, scheme });
  }
}
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await puppeteer.launch({ executablePath: program, args: [...root, '--disable-dev-shm-usage'] });
const page = await (await browser.createBrowserContext()).newPage();
const problems = [];
const loaded = new Set();
page.on('request', (request) => loaded.add(new URL(request.url()).origin));
page.on('pageerror', (error) => problems.push(String(error)));
page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));

/** Checks the page in all looks, and takes screenshots. */
async function look(state) {
  await page.evaluate(axe);
  for (const { name, viewport, scheme } of looks) {
    // Touch is left out: to switch it would reload the page, and the address is shown once.
    await page.setViewport({ width: viewport.width, height: viewport.height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
    assert.deepEqual(found, [], `axe on ${state}, ${name}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${state}, ${name} is wider than the screen`);
    await page.screenshot({ path: `${shots}/${state}-${name}.png`, fullPage: true });
  }
}

/** Presses Tab until the focus is on what has this text, and checks that the focus is visible. */
async function tabTo(text) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const [name, outline] = await page.evaluate(() => {
      const focused = document.activeElement;
      const name = focused.labels?.[0]?.textContent ?? focused.textContent;
      return [name, getComputedStyle(focused).outlineStyle];
    });
    if (name.startsWith(text)) {
      assert.notEqual(outline, 'none', `the focus on ${text} is not visible`);
      return;
    }
  }
  assert.fail(`${text} cannot be reached by Tab on ${page.url()}`);
}

async function enter() {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

const text = () => page.evaluate(() => document.body.innerText);

await page.goto(address);
await look('sign-in');
await tabTo('Your admin');
await page.keyboard.type(token);
await enter();
await look('empty');
await tabTo('Create a server');
await enter();
await tabTo('Name');
await page.keyboard.type('Contractor in Lisbon');
await tabTo('tickets');
await page.keyboard.press('Space');
await look('create');
await tabTo('Create');
await enter();
assert.match(await text(), /only once/);
const shown = await page.$eval('#address', (area) => area.value);
assert.match(shown, /\/mcp\/desk365_/);
assert.ok(!page.url().includes('desk365_'));
await look('created');
await page.reload();
assert.match(await text(), /not shown again/);
await look('not-again');
await tabTo('Contractor');
await enter();
await look('server');
await tabTo('Change the end');
await enter();
await tabTo('Back to the list');
await enter();
await look('list');
await tabTo('Contractor');
await enter();
await tabTo('Revoke this server');
await enter();
await look('revoke');
await tabTo('Keep it');
await enter();
assert.match(await text(), /What it opens/);

assert.deepEqual([...loaded].filter((origin) => origin !== new URL(address).origin && origin !== 'null'), []);
assert.deepEqual(problems, []);
await browser.close();
console.log(`all states were seen; the address is ${shown}`);
