// Plays a client whose user is asked by elicitation, with the official TypeScript SDK: with a form over standard input
// and output, and with a link to the approval page over HTTP. Checks that nothing reaches the helpdesk before the user's
// act, and one call after it. Argument: a file with {helpdesk, server: {command, args, env}, forms: [call, ...],
// address, token, links: [{name, calls: [three arguments]}, ...]}, where helpdesk is an address whose GET returns the
// number of writes and whose DELETE resets the helpdesk, and token is an approver's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ElicitationCompleteNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const writes = async () => Number(await (await fetch(given.helpdesk)).text());
const reset = () => fetch(given.helpdesk, { method: 'DELETE' });
const text = result => result.content.map(({ text }) => text).join('\n');

/** Connects a client; user answers each request for elicitation. */
async function connect(elicitation, transport) {
  const client = new Client({ name: 'asks', version: '1' }, { capabilities: { elicitation } });
  client.asked = [];
  client.completed = [];
  client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
    client.asked.push(params);
    assert.equal(await writes(), 0, 'before the act of the user');
    return client.user(params);
  });
  client.setNotificationHandler(
    ElicitationCompleteNotificationSchema, ({ params }) => { client.completed.push(params.elicitationId); });
  await client.connect(transport);
  await client.listTools();
  return client;
}

/** Calls a tool while the user answers so; expects this number of questions and writes. */
async function call(client, one, user, { asks = 1, sends = 0, fails = sends === 0 }) {
  client.user = user;
  client.asked.length = 0;
  const result = await client.callTool(one);
  assert.equal(client.asked.length, asks, `${one.name}: ${text(result)}`);
  assert.equal(await writes(), sends, `${one.name}: ${text(result)}`);
  assert.equal(result.isError === true, fails, `${one.name}: ${text(result)}`);
  return text(result);
}

// With a form.
const forms = await connect({ form: {} }, new StdioClientTransport({ ...given.server, stderr: 'ignore' }));
for (const one of given.forms) {
  await reset();
  for (const no of [
    { action: 'decline' },
    { action: 'cancel' },
    { action: 'accept', content: { agreed: false } },
    { action: 'accept', content: {} },
  ]) {
    assert.match(await call(forms, one, () => no, {}), /Nothing was sent/, `${one.name} ${JSON.stringify(no)}`);
  }
  await call(forms, one, ({ mode, message, requestedSchema }) => {
    assert.equal(mode, 'form');
    assert.match(message, /^effect:/m);
    assert.deepEqual(requestedSchema.required, ['agreed']);
    return { action: 'accept', content: { agreed: true } };
  }, { sends: 1 });
}
await forms.close();

// With a link. The person signs in on the page, as in a browser without scripts.
const page = given.address.replace('/mcp', '/approvals');
let cookie = '';
async function open(path, fields) {
  const answer = await fetch(new URL(path, page), {
    redirect: 'manual',
    headers: { cookie, ...(fields ? { origin: new URL(page).origin } : {}) },
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  });
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return answer.headers.has('location') ? open(answer.headers.get('location')) : answer.text();
}
const signedOut = await open(`${page}/`);
assert.match(signedOut, /Sign in to approve/);
await open(`${page}/sign-in`, { token: given.token });

/** Decides on the only waiting call. */
async function decide(decision, words = '') {
  const list = await open(`${page}/`);
  const [[, path], ...others] = [...list.matchAll(/<h2><a href="([^"]+)"/g)];
  assert.equal(others.length, 0);
  const [, form] = /name="form" value="([^"]+)"/.exec(await open(path));
  assert.equal(await writes(), 0, 'before the decision');
  return open(path, { form, decision, words });
}

const links = await connect({ url: {} }, new StreamableHTTPClientTransport(new URL(given.address)));
let shown;
const opens = (decision, words) => ({ mode, url, message }) => {
  assert.equal(mode, 'url');
  assert.equal(url, page);
  assert.doesNotMatch(message, /northwind|4052/);
  shown = decide(decision, words);
  return { action: 'accept' };
};
for (const { name, calls } of given.links) {
  await reset();
  const [first, second, third] = calls.map(one => ({ name, arguments: one }));
  assert.match(await call(links, first, () => ({ action: 'decline' }), {}), /did not approve this call/);
  assert.match(
    await call(links, second, () => ({ action: 'cancel' }), { fails: false }), /waiting_for_approval/);
  assert.match(await call(links, second, opens('decline', 'Call her.'), {}), /They say: Call her\./);
  await shown;
  await call(links, third, opens('approve'), { sends: 1 });
  assert.match(await shown, /Approved by jane/);
  assert.ok(links.completed.includes(links.asked[0].elicitationId), 'the client is told that the page is done');
  assert.match(await call(links, third, opens('approve'), { asks: 0, sends: 1 }), /Nothing was sent now/);
}
for (const one of given.forms) {
  await reset();
  await call(links, one, opens('approve'), { sends: 1 });
  assert.match(await shown, /Approved by jane/, one.name);
}
await links.close();
console.log(`${given.forms.length} tools were approved with a form and with a link`);
