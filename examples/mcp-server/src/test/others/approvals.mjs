// Decides about pending calls on the approval page in Chromium, by keyboard alone, and checks each page with axe.
// Arguments: the address of the page, an approver's token, the folder for screenshots, the program.
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
const loaded = new Set();

async function open(look) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.look = look;
  page.problems = [];
  page.on('request', (request) => loaded.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  await page.setViewport(look.viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.scheme }]);
  await page.goto(address);
  return page;
}

/** Checks the page and takes a screenshot of all of it. */
async function look(page, state) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { iframes: false, resultTypes: ['violations'] }));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(found, [], `axe on ${state}, ${page.look.name}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${state}, ${page.look.name} is wider than the screen`);
  await page.screenshot({ path: `${shots}/${state}-${page.look.name}.png`, fullPage: true });
}

/** Presses Tab until the focus is on what has this text, and checks that the focus is visible. */
async function tabTo(page, text) {
  for (let i = 0; i < 40; i++) {
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

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function signIn(page, secret) {
  await tabTo(page, 'Your approver');
  await page.keyboard.type(secret);
  await enter(page);
}

async function toCall(page, title) {
  await tabTo(page, title);
  await enter(page);
}

const text = (page) => page.evaluate(() => document.body.innerText);

const pages = [];
for (const one of looks) {
  const page = await open(one);
  await look(page, 'sign-in');
  if (one === looks[0]) {
    await signIn(page, 'a-wrong-guess');
    assert.match(await text(page), /not an approver/);
    await look(page, 'wrong-token');
    page.problems.length = 0; // Chromium reports the status 403 as an error.
  }
  await signIn(page, token);
  await look(page, 'list');
  for (const [title, state] of [
    ['Reply to the customer', 'reply'],
    ['Change a ticket', 'change'],
    ['Delete a knowledge-base article', 'deletion'],
  ]) {
    await toCall(page, title);
    await look(page, state);
    if (state === 'reply') {
      const frame = page.frames().find((other) => other.parentFrame() === page.mainFrame());
      const shown = await frame.evaluate(() => [
        document.body.innerText,
        getComputedStyle(document.body).fontFamily,
        document.body.getBoundingClientRect().width,
      ]);
      assert.match(shown[0], /the payment gateway/);
      assert.match(shown[1], /sans-serif/, 'the style sheet of the frame');
      assert.ok(shown[2] > 200);
    }
    await tabTo(page, 'Approvals');
    await enter(page);
  }
  pages.push(page);
}

const [page] = pages;
await toCall(page, 'Reply to the customer');
await tabTo(page, 'Send');
await enter(page);
assert.match(await text(page), /^Sent$/m);
await tabTo(page, 'Back to the list');
await enter(page);
await toCall(page, 'Change a ticket');
await tabTo(page, 'Tell the AI agent why');
await page.keyboard.type('Ask Nora first whether all stores work.');
await tabTo(page, 'Don’t save');
await enter(page);
assert.match(await text(page), /^Not saved$/m);
assert.match(await text(page), /Ask Nora first/);

for (const other of pages) {
  await other.goto(address);
  await look(other, 'list-decided');
  await toCall(other, 'Reply to the customer');
  await look(other, 'sent');
  await other.goBack();
  await toCall(other, 'Change a ticket');
  await look(other, 'declined');
}

// A link in a chat comes from another site; the person stays signed in all the same.
const elsewhere = await pages[0].browserContext().newPage();
await elsewhere.goto(`data:text/html,<a href="${address}">approve</a>`);
await Promise.all([elsewhere.waitForNavigation(), elsewhere.click('a')]);
await elsewhere.waitForFunction(() => document.body.innerText.includes('Signed in as'));

// The page cannot be framed.
const framing = await pages[0].browserContext().newPage();
await framing.goto(`data:text/html,<iframe src="${address}"></iframe>`);
const framed = framing.frames().find((other) => other.parentFrame());
assert.ok(!(await framed.evaluate(() => document.documentElement.outerHTML)).includes('Approvals'));

assert.deepEqual([...loaded].filter((origin) => origin !== new URL(address).origin && origin !== 'null'), []);
assert.deepEqual(pages.flatMap((other) => other.problems), []);
await browser.close();
console.log('all states were seen');
