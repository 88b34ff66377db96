// Plays an MCP Apps host in Chromium with the reference AppBridge: shows the approval card for a call, checks it with
// axe, takes screenshots, and decides by keyboard. Arguments: the address of the server, the folder for screenshots, the
// browser, the look (light, dark, light-narrow or dark-narrow), the decision (yes or no), and the call as JSON. Prints what the
// person and the model saw, as JSON.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { AppBridge } from '@modelcontextprotocol/ext-apps/app-bridge';
import puppeteer from 'puppeteer-core';

const [address, shots, program, look, decision, json] = process.argv.slice(2);
const call = JSON.parse(json);
const theme = look.startsWith('dark') ? 'dark' : 'light';
const MIME = 'text/html;profile=mcp-app';

const client = new Client(
  { name: 'host', version: '1' },
  { capabilities: { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [MIME] } } } });
await client.connect(new StreamableHTTPClientTransport(new URL(address)));
const tool = (await client.listTools()).tools.find(one => one.name === call.name);
const view = (await client.readResource({ uri: tool._meta.ui.resourceUri })).contents[0];
assert.equal(view.mimeType, MIME);
const result = await client.callTool(call);

const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await puppeteer.launch({ executablePath: program, args: [...root, '--disable-dev-shm-usage'] });
const page = await browser.newPage();
await page.setViewport({ width: look.endsWith('narrow') ? 320 : 600, height: 400, deviceScaleFactor: 2 });
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
const problems = [];
page.on('pageerror', error => problems.push(String(error)));
page.on('console', message => message.type() === 'error' && problems.push(message.text()));
page.on('request', request => problems.push(`request to ${request.url()}`));

// The view is in a frame of another origin, under the content security policy that hosts apply by default.
const policy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
  + " img-src 'self' data:; media-src 'self' data:; connect-src 'none'";
const html = view.text.replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
let received = () => {};
await page.exposeFunction('received', message => received(message));
await page.setContent('<!DOCTYPE html><html lang="en"><head><title>Chat</title></head><body style="margin:0">'
  + '<iframe title="Card" sandbox="allow-scripts allow-forms" style="border:0;display:block;width:100%"></iframe>');
await page.evaluate(() => {
  const frame = document.querySelector('iframe');
  window.addEventListener('message', event => event.source === frame.contentWindow && window.received(event.data));
});

const transport = {
  start: async () => { received = message => transport.onmessage(message); },
  send: message => page.evaluate(
    sent => document.querySelector('iframe').contentWindow.postMessage(sent, '*'), message),
  close: async () => {}
};
const bridge = new AppBridge(
  client,
  { name: 'host', version: '1' },
  { serverTools: {}, ...(decision === 'yes' ? { message: { text: {} } } : {}), updateModelContext: { text: {} } },
  { hostContext: { theme, locale: 'en-US', timeZone: 'UTC', toolInfo: { id: 1, tool }, styles: call.styles } });
const told = [];
bridge.onmessage = async ({ content }) => told.push(['message', content[0].text]) && {};
bridge.onupdatemodelcontext = async ({ content }) => told.push(['context', content[0].text]) && {};
bridge.addEventListener('sizechange', ({ height }) => page
  .evaluate(tall => { document.querySelector('iframe').style.height = `${tall}px`; }, height)
  .catch(() => {}));
const initialized = new Promise(resolve => bridge.addEventListener('initialized', resolve));
await bridge.connect(transport);
await page.evaluate(text => { document.querySelector('iframe').srcdoc = text; }, html);
await initialized;
await bridge.sendToolInput({ arguments: call.arguments });
await bridge.sendToolResult(result);

const frame = page.frames().find(one => one !== page.mainFrame());
await frame.waitForFunction(() => document.querySelector('h1').textContent !== 'Approval');
await new Promise(resolve => setTimeout(resolve, 300));
const text = () => frame.evaluate(() => document.querySelector('main').innerText);

/** Checks the card and takes a screenshot of all of it. */
async function check(state) {
  await frame.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  const { violations } = await frame.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`), [], state);
  const wide = await frame.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${state} is wider than its frame`);
  await page.screenshot({ path: `${shots}/${call.name}-${state}-${look}.png`, fullPage: true });
}

const shown = await text();
const waits = await frame.evaluate(() => !document.getElementById('form').hidden);
await check(waits ? 'waits' : 'answered');
if (waits) {
  const wanted = decision === 'yes' ? 'yes' : 'words';
  const focused = () => frame.evaluate(() => document.activeElement.id);
  for (let i = 0; i < 20 && await focused() !== wanted; i++) {
    await page.keyboard.press('Tab');
  }
  assert.equal(await focused(), wanted, 'the keyboard does not reach it');
  if (decision === 'no') {
    await page.keyboard.type('Say when it was fixed.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'no');
  }
  assert.notEqual(await frame.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
  await page.keyboard.press('Enter');
  await frame.waitForFunction(() => document.getElementById('form').hidden);
  await new Promise(resolve => setTimeout(resolve, 300));
  await check(decision === 'yes' ? 'approved' : 'declined');
}
assert.deepEqual(problems, []);
console.log(JSON.stringify({ shown, outcome: await text(), told }));
await browser.close();
await client.close();
