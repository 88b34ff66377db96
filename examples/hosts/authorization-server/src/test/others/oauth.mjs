// Signs in with the OAuth client of the TypeScript SDK: discovery, registration, PKCE. Plays the user's browser itself.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const url = new URL(process.argv[2]);
const redirect = 'http://127.0.0.1:9/callback';
const rita = `Basic ${Buffer.from('rita:secret').toString('base64')}`;

class Provider {
    constructor(granted) {
        this.granted = granted;
    }
    redirectUrl = redirect;
    clientMetadata = {
        client_name: 'check',
        redirect_uris: [redirect],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        scope: 'desk365.read desk365.write'
    };
    clientInformation = () => this.client;
    saveClientInformation = client => { this.client = client; };
    tokens = () => this.saved;
    saveTokens = tokens => { this.saved = tokens; };
    codeVerifier = () => this.verifier;
    saveCodeVerifier = verifier => { this.verifier = verifier; };
    redirectToAuthorization = async address => {
        assert.equal(address.searchParams.get('resource'), url.href);
        assert.equal(address.searchParams.get('code_challenge_method'), 'S256');
        this.asked = address.searchParams.get('scope');
        this.code = await signIn(address, this.granted);
    };
}

// The user signs in, and ticks these scopes on the page of the authorization server.
async function signIn(address, granted) {
    const session = await fetch(new URL('/', address), { headers: { Authorization: rita } });
    const headers = { Accept: 'text/html', Cookie: session.headers.get('set-cookie').split(';')[0] };
    let page = await fetch(address, { headers, redirect: 'manual' });
    if (page.status === 200) {
        const text = await page.text();
        const value = name => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)[1];
        const form = new URLSearchParams({ client_id: value('client_id'), state: value('state') });
        granted.forEach(scope => form.append('scope', scope));
        page = await fetch(new URL('/oauth2/authorize', address), {
            method: 'POST', body: form, headers, redirect: 'manual'
        });
    }
    const location = new URL(page.headers.get('location') ?? assert.fail(`${page.status}: ${await page.text()}`));
    return location.searchParams.get('code') ?? assert.fail(String(location));
}

async function connect(provider) {
    const first = new StreamableHTTPClientTransport(url, { authProvider: provider });
    const refused = await new Client({ name: 'check', version: '1' }).connect(first).catch(error => error);
    assert.ok(refused instanceof UnauthorizedError, String(refused?.stack ?? refused));
    await first.finishAuth(provider.code);
    const client = new Client({ name: 'check', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(url, { authProvider: provider }));
    return client;
}

const note = { name: 'create_a_desk_365_ticket_note', arguments: { ticket_number: 4052, body: 'Hello' } };

const reader = new Provider(['desk365.read']);
const reading = await connect(reader);
assert.equal(reader.asked, 'desk365.read desk365.write');
const { tools } = await reading.listTools();
assert.ok(tools.every(tool => tool.annotations.readOnlyHint));
const read = await reading.callTool({ name: 'get_single_desk_365_ticket_by_id', arguments: { ticket_number: 4052 } });
assert.equal(read.structuredContent.ticket_number, 4052);
console.log(`read with ${reader.saved.scope}`);

// A call that needs more makes the client ask for more.
reader.granted = ['desk365.read', 'desk365.write'];
reader.code = undefined;
await assert.rejects(reading.callTool(note));
assert.ok(reader.code);
assert.equal(reader.asked, 'desk365.read desk365.write');

const writer = new Provider(['desk365.read', 'desk365.write']);
const writing = await connect(writer);
const wrote = await writing.callTool(note);
assert.notEqual(wrote.isError, true);
console.log(`wrote with ${writer.saved.scope}`);
process.exit(0);
