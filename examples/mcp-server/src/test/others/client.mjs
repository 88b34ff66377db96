// Lists the tools and calls one with the official TypeScript client, which checks answers against output schemas.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const client = new Client({ name: 'check', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])));
const { tools } = await client.listTools();
const read = await client.callTool({ name: 'get_single_desk_365_ticket_by_id', arguments: { ticket_number: '#4052' } });
assert.equal(read.structuredContent.ticket_number, 4052);
const refused = await client.callTool({ name: 'get_single_desk_365_ticket_by_id', arguments: { ticket_no: 4052 } });
assert.equal(refused.isError, true);
assert.match(refused.content[0].text, /did you mean ticket_number/);
console.log(`${tools.length} tools`);
await client.close();
