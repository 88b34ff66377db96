// Uses docs/tools.html in Chromium as a visitor does, and checks it with axe. Writes to the given file what the page shows
// for several selections. Arguments: the page, the folder for screenshots, the program, the file.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [file, shots, program, results] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await puppeteer.launch({ executablePath: program, args: [...root, '--disable-dev-shm-usage'] });
const loaded = new Set();
const problems = [];

async function open(viewport, scheme, hash = '') {
  const page = await browser.newPage();
  page.on('request', (request) => loaded.add(request.url().replace(/#.*/, '')));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => problems.push(message.text()));
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(address + hash);
  // Names what a visitor clicks on.
  await page.evaluate(() => {
    const find = (selector, text) => [...document.querySelectorAll(selector)].find((one) => one.textContent === text);
    window.press = (selector, text) => find(selector, text).click();
    window.pick = (tool) => document.querySelector(`#${tool} > label > input`).click();
    window.filter = (facet, value) =>
      [...find('legend', facet).parentElement.querySelectorAll('label')]
        .find((label) => label.children[1].textContent === value)
        .click();
    window.shown = (id) => document.querySelector(`#${id} pre`).textContent;
  });
  return page;
}

// Each look: a selection, then an open tool and all filters.
const sizes = {
  phone: { width: 360, height: 740, isMobile: true, hasTouch: true },
  tablet: { width: 800, height: 1000 },
  desktop: { width: 1280, height: 800 },
};
for (const [size, viewport] of Object.entries(sizes)) {
  const page = await open(viewport, 'light');
  const shoot = async (state) => {
    for (const scheme of ['dark', 'light']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.screenshot({ path: `${shots}/${state}-${size}-${scheme}.png` });
    }
  };
  await page.evaluate(() => press('#presets button', 'triage'));
  await shoot('selected');
  await page.evaluate(() => {
    document.querySelector('#reply_to_ticket summary').click();
    document.querySelector('#filters').open = true;
  });
  await page.waitForSelector('#reply_to_ticket [role=tab]');
  await page.evaluate(() => document.querySelector('#reply_to_ticket .more summary').click());
  await page.evaluate(() => document.querySelector('#reply_to_ticket').scrollIntoView());
  await shoot('open');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide on a ${size}`);
  await page.evaluate(axe);
  for (const scheme of size === 'tablet' ? [] : ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
    assert.deepEqual(found, [], `axe, ${size}, ${scheme}`);
  }
  await page.close();
}

const [, count] = readFileSync(file, 'utf8').match(/<p>(\d+) tools that a model can call/);

// What the page shows is for the test to compare with the library.
const page = await open(sizes.desktop, 'light');
const shown = [];
const record = (formats) =>
  page.evaluate((formats) => {
    const all = [];
    for (const naming of ['short', 'full']) {
      document.querySelector(`[name=names][value=${naming}]`).click();
      press('#clients [role=tab]', 'Shell');
      const command = shown('clients');
      const arguments_ = command.split(' ').slice(1);
      const configurations = {};
      for (const client of ['Claude Desktop', 'Cursor', 'VS Code']) {
        press('#clients [role=tab]', client);
        const { mcpServers, servers } = JSON.parse(shown('clients'));
        configurations[client] = (mcpServers ?? servers).desk365.args;
      }
      press('#clients [role=tab]', 'Claude Code');
      configurations['Claude Code'] = shown('clients').split(' -- ')[1].split(' ').slice(1);
      for (const format of formats) {
        press('#schemas [role=tab]', format);
        for (const strict of format.startsWith('OpenAI') ? [false, true] : [false]) {
          const box = document.querySelector('#schemas .strict input');
          if (format.startsWith('OpenAI') && box.checked !== strict) box.click();
          const json = JSON.stringify(JSON.parse(shown('schemas')));
          const [size] = [...document.querySelectorAll('#cost dt')]
            .filter((term) => term.textContent === 'Size')
            .map((term) => term.nextSibling.textContent);
          all.push({ arguments: arguments_, configurations, format, strict, json, size, java: shown('java') });
        }
      }
    }
    return all;
  }, formats);
const every = ['MCP', 'OpenAI Responses', 'OpenAI Chat', 'Anthropic', 'Gemini'];
const select = (what) => page.evaluate(`document.getElementById('clear').click(); ${what}`);
for (const [what, formats] of [
  ["press('#presets button', 'everything')", every],
  ["press('#presets button', 'heroes')", every],
  ["press('#presets button', 'triage')", ['MCP']],
  ["press('#presets button', 'knowledge base')", ['Anthropic']],
  ["press('#presets button', 'read only')", ['Gemini']],
  ["pick('list_contacts'); pick('update_ticket'); pick('read_attachment')", ['MCP', 'OpenAI Chat']],
  ["filter('Resource', 'Surveys'); filter('Resource', 'Contacts'); press('button', 'Select shown')", ['MCP']],
  ["filter('Effect', 'read'); press('button', 'Select shown')", ['MCP']],
]) {
  await select(what);
  shown.push(...(await record(formats)));
}
assert.equal(await page.$eval('#shown', (text) => text.textContent), `5 of ${count} shown`, 'filters of two kinds both apply');
assert.equal(await page.$eval('#filtered', (text) => text.textContent), ' (3 on)');
await page.evaluate(() => press('button', 'Clear search and filters'));
assert.equal(await page.$eval('#shown', (text) => text.textContent), `${count} of ${count} shown`);
writeFileSync(results, JSON.stringify(shown));

// A definition of one tool is the one in the list of all tools.
await select("press('#presets button', 'everything')");
await page.evaluate(() => document.querySelector('#search_tickets > details > summary').click());
await page.waitForSelector('#search_tickets [role=tab]');
for (const format of every) {
  const [one, all] = await page.evaluate((format) => {
    press('#schemas [role=tab]', format);
    return [JSON.parse(document.querySelector('#search_tickets pre').textContent), JSON.parse(shown('schemas'))];
  }, format);
  const list = all.tools[0].functionDeclarations ?? all.tools;
  assert.ok(list.some((tool) => JSON.stringify(tool) === JSON.stringify(one)), `search_tickets for ${format}`);
}

// By keyboard alone: search, select, open, change the format, copy.
const keyboard = await open(sizes.desktop, 'light');
async function tabTo(name) {
  for (let i = 0; i < 60; i++) {
    await keyboard.keyboard.press('Tab');
    const [found, outline] = await keyboard.evaluate(() => {
      const focused = document.activeElement;
      const label = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent;
      return [label, getComputedStyle(focused).outlineStyle];
    });
    if (found.startsWith(name)) {
      assert.notEqual(outline, 'none', `the focus on ${name} is not visible`);
      return;
    }
  }
  assert.fail(`${name} cannot be reached by Tab`);
}
await tabTo('Search');
await keyboard.keyboard.type('reply files');
assert.equal(await keyboard.$eval('#shown', (text) => text.textContent), `1 of ${count} shown`);
await tabTo('Select reply_to_ticket_with_files');
await keyboard.keyboard.press('Space');
await tabTo('reply_to_ticket_with_files');
await keyboard.keyboard.press('Enter');
await tabTo('MCP');
await keyboard.keyboard.press('ArrowLeft');
assert.equal(await keyboard.evaluate(() => document.activeElement.textContent), 'Gemini');
await keyboard.keyboard.press('Home');
await keyboard.keyboard.press('ArrowRight');
assert.match(await keyboard.evaluate(() => shown('schemas')), /"type": "function",\s+"name": "reply_to_ticket_with_files"/);
await tabTo('Copy: Client configuration');
await keyboard.keyboard.press('Enter');
await keyboard.waitForFunction(() => /Copied|Selected/.test(document.activeElement.textContent));
await keyboard.close();

// An address can name a tool.
const named = await open(sizes.phone, 'light', '#get_single_desk_365_contact_by_id');
assert.ok(await named.$eval('#get_contact > details', (details) => details.open));

assert.deepEqual([...loaded].filter((url) => url !== address && !url.startsWith('data:')), []);
assert.deepEqual(problems, []);
await browser.close();
console.log('the page was used');
