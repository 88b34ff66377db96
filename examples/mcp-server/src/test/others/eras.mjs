// Lists the tools, calls one and asks the user about another with the official TypeScript client, over HTTP in both eras
// and over standard input and output in the modern one. Argument: a JSON object with {address, server: {command, args, env}, helpdesk},
// where helpdesk is an address whose GET returns the number of writes and whose DELETE resets the helpdesk.
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const given = JSON.parse(process.argv[2]);
const writes = async () => Number(await (await fetch(given.helpdesk)).text());
const reset = () => fetch(given.helpdesk, { method: 'DELETE' });
const done = [];

const modern = { pin: '2026-07-28' };
for (const [kind, transport, modes] of [
  ['http', () => new StreamableHTTPClientTransport(new URL(given.address)), ['legacy', 'auto', modern]],
  ['stdio', () => new StdioClientTransport({ ...given.server, stderr: 'ignore' }), [modern]],
]) {
  for (const mode of modes) {
    const revision = mode === 'legacy' ? '2025-11-25' : '2026-07-28';
    const client = new Client(
      { name: 'eras', version: '1' },
      { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode } });
    let answer;
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      assert.match(params.message, /^effect:/m);
      assert.equal(await writes(), 0, 'before the act of the user');
      return answer;
    });
    await client.connect(transport());
    assert.equal(client.getNegotiatedProtocolVersion(), revision);
    const { tools } = await client.listTools();
    const read = await client.callTool({
      name: 'get_single_desk_365_ticket_by_id', arguments: { ticket_number: '#4052' } });
    assert.equal(read.structuredContent.ticket_number, 4052);
    await assert.rejects(
      client.callTool({ name: 'get_single_desk_365_ticket', arguments: {} }), /did you mean get_single_desk_365_ticket/);
    const reply = { name: 'create_a_desk_365_ticket_reply', arguments: { ticket_number: 4052, body: `${kind} ${revision}` } };
    for (const no of [{ action: 'decline' }, { action: 'cancel' }, { action: 'accept', content: { agreed: false } }]) {
      answer = no;
      const declined = await client.callTool(reply);
      assert.equal(declined.isError, true);
      assert.match(declined.content[0].text, /Nothing was sent/);
    }
    assert.equal(await writes(), 0);
    answer = { action: 'accept', content: { agreed: true } };
    const sent = await client.callTool(reply);
    assert.equal(sent.isError ?? false, false, sent.content[0].text);
    assert.equal(await writes(), 1);
    await client.close();
    await reset();
    done.push(`${kind} ${JSON.stringify(mode)} ${tools.length} tools`);
  }
}
console.log(done.join('\n'));
