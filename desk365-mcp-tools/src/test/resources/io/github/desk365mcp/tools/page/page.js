'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const tools = data.tools;
const byName = new Map(tools.map((tool) => [tool.name, tool]));
const everything = new Set(byName.keys());
const element = (id) => document.getElementById(id);

const FORMATS = ['MCP', 'OpenAI Responses', 'OpenAI Chat', 'Anthropic', 'Gemini'];
const PLACES = {
  MCP: 'a result of tools/list',
  'OpenAI Responses': 'a request to the Responses API',
  'OpenAI Chat': 'a request to the Chat Completions API',
  Anthropic: 'a request to the Messages API',
  Gemini: 'a request to generateContent',
};
const CLIENTS = ['Claude Desktop', 'Claude Code', 'Cursor', 'VS Code', 'Shell'];
const APPROVALS = ['never', 'sometimes', 'always'];
const FACETS = [
  {
    key: 'resource',
    title: 'Resource',
    of: (tool) => tool.tags[0],
    label: (tag) => resourceTitle(tag),
  },
  { key: 'effect', title: 'Effect', of: (tool) => tool.effect, label: (effect) => effect },
  {
    key: 'approval',
    title: 'Preview before approval',
    of: (tool) => tool.approval,
    label: (approval) => approval,
  },
  {
    key: 'calls',
    title: 'API calls, at most',
    of: (tool) => String(tool.calls),
    label: (calls) => calls,
  },
];

const state = {
  short: true,
  format: FORMATS[0],
  strict: false,
  client: CLIENTS[0],
  chosen: new Map(FACETS.map((facet) => [facet.key, new Set()])),
  selected: new Set(),
};

// The library's definitions and formats. A test compares them with the library's own.

const shownName = (name) => (state.short ? (byName.get(name)?.short ?? name) : name);

/** Replaces full names by the shown ones, and removes clauses about tools that are not visible. */
function inText(text, visible) {
  if (!text.includes('desk_365')) return text;
  return text
    .split(/(?<=[.?!]) /)
    .map((sentence) => withoutHidden(sentence, visible))
    .filter((sentence) => sentence !== '')
    .join(' ')
    .replace(/\w*desk_365\w*/g, shownName);
}

function withoutHidden(sentence, visible) {
  for (const found of sentence.matchAll(/\w*desk_365\w*/g)) {
    if (!visible.has(found[0])) {
      const before = sentence.slice(0, found.index);
      const clause = Math.max(before.lastIndexOf(': '), before.lastIndexOf('; '));
      return clause < 0 ? '' : `${before.slice(0, clause)}.`;
    }
  }
  return sentence;
}

/** Returns a definition in MCP's format, as a caller sees it who has the visible tools. */
function definition(tool, visible) {
  const properties = {};
  const offered = tool.params.filter((param) => !param.needs || visible.has(param.needs));
  for (const param of offered) {
    let words = inText(param.description, visible);
    const source = param.sources.find(([from]) => visible.has(from));
    if (source) {
      words += `${words ? ' ' : ''}From ${shownName(source[0])}${source[1] ? ` (${source[1]})` : ''}.`;
    }
    properties[param.name] = { ...param.schema, description: words };
  }
  const required = offered.filter((param) => param.required).map((param) => param.name);
  const inputSchema = { type: 'object', properties };
  if (required.length) inputSchema.required = required;
  inputSchema.additionalProperties = false;
  const meta = {};
  for (const [key, value] of Object.entries(tool.meta)) {
    if (key === data.identifiers) {
      const known = identifiers(value, visible);
      if (Object.keys(known).length) meta[key] = known;
    } else {
      meta[key] = value;
    }
  }
  return {
    name: shownName(tool.name),
    title: tool.title,
    description: inText(tool.description, visible),
    inputSchema,
    outputSchema: tool.output,
    annotations: {
      ...tool.annotations,
      // A tool that creates is destructive only if it can also change the ticket.
      destructiveHint: tool.annotations.destructiveHint && (tool.effect !== 'create' || 'then' in properties),
    },
    _meta: meta,
  };
}

function identifiers(all, visible) {
  const known = {};
  for (const [argument, sources] of Object.entries(all)) {
    const left = sources
      .filter((source) => visible.has(source.tool))
      .map((source) => ({ tool: shownName(source.tool), path: source.path }));
    if (left.length) known[argument] = left;
  }
  return known;
}

const isFree = (schema) =>
  schema.type === 'object' && !schema.properties && schema.additionalProperties !== false;

const asText = (schema) => ({
  ...schema,
  type: 'string',
  description: `${schema.description ?? ''} As JSON text.`,
});

const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

/** Makes every property required and closes every object, as OpenAI's strict mode demands. */
function strict(schema) {
  if (isFree(schema)) return asText(schema);
  const result = { ...schema };
  if (schema.items) result.items = strict(schema.items);
  if (schema.type === 'object') {
    result.properties = mapped(schema.properties ?? {}, (property, name) =>
      schema.required?.includes(name) ? strict(property) : nullable(strict(property)),
    );
    result.required = Object.keys(result.properties);
    result.additionalProperties = false;
  }
  return result;
}

function nullable(schema) {
  const result = { ...schema, type: [schema.type, 'null'] };
  if (schema.enum) result.enum = [...schema.enum, null];
  return result;
}

/** Keeps only what Gemini's subset of OpenAPI has. */
function gemini(schema) {
  if (isFree(schema)) return asText(schema);
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') {
      result[key] = mapped(value, gemini);
    } else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      result[key] = gemini(value);
    } else if (key !== 'additionalProperties') {
      result[key] = value;
    }
  }
  return result;
}

/** Returns a definition in the chosen format. */
function formatted(mcp) {
  const { name, description, inputSchema } = mcp;
  const parameters = state.strict ? strict(inputSchema) : inputSchema;
  const named = { name, description, parameters, strict: state.strict };
  switch (state.format) {
    case 'OpenAI Responses':
      return { type: 'function', ...named };
    case 'OpenAI Chat':
      return { type: 'function', function: named };
    case 'Anthropic':
      return { name, description, input_schema: inputSchema };
    case 'Gemini':
      return Object.keys(inputSchema.properties).length
        ? { name, description, parameters: gemini(inputSchema) }
        : { name, description };
    default:
      return mcp;
  }
}

/** Returns what can be pasted into a request: {"tools": […]}. */
function request(visible) {
  const list = selectedTools().map((tool) => formatted(definition(tool, visible)));
  return { tools: state.format === 'Gemini' ? [{ functionDeclarations: list }] : list };
}

const isOpenAi = () => state.format.startsWith('OpenAI');

function profile() {
  const names = { MCP: 'MCP', 'OpenAI Responses': 'OPENAI', 'OpenAI Chat': 'OPENAI_CHAT' };
  return (names[state.format] ?? state.format.toUpperCase()) + (isOpenAi() && state.strict ? '_STRICT' : '');
}

// What a selection is called and what it costs.

const selectedTools = () => tools.filter((tool) => state.selected.has(tool.name));

const sameAsSelected = (some) =>
  some.length === state.selected.size && some.every((tool) => state.selected.has(tool.name));

const named = (tag, readOnly) =>
  tools.filter((tool) => tool.tags.includes(tag) && (!readOnly || tool.effect === 'read'));

/** Returns the shortest description of the selection: everything, a preset, resources, or names. */
function selection() {
  if (state.selected.size === tools.length) return { kind: 'everything' };
  if (sameAsSelected(tools.filter((tool) => tool.effect === 'read'))) return { kind: 'read-only' };
  for (const [preset, names] of Object.entries(data.presets)) {
    if (sameAsSelected(names.map((name) => byName.get(name)))) return { kind: 'preset', preset };
  }
  const resources = [...new Set(tools.map((tool) => tool.tags[0]))];
  for (const readOnly of [false, true]) {
    const tags = resources.filter((tag) => {
      const some = named(tag, readOnly);
      return some.length > 0 && some.every((tool) => state.selected.has(tool.name));
    });
    const together = new Set(tags.flatMap((tag) => named(tag, readOnly)));
    if (tags.length && sameAsSelected([...together])) return { kind: 'tags', tags, readOnly };
  }
  return { kind: 'tools', names: selectedTools().map((tool) => shownName(tool.name)) };
}

function serverOptions() {
  const chosen = selection();
  const options = {
    everything: () => [],
    'read-only': () => ['--read-only'],
    preset: () => ['--preset', chosen.preset],
    tags: () => ['--tags', chosen.tags.join(','), ...(chosen.readOnly ? ['--read-only'] : [])],
    tools: () => ['--tools', chosen.names.join(',')],
  }[chosen.kind]();
  return state.short ? [...options, '--names', 'short'] : options;
}

const quoted = (names) => names.map((name) => `"${name}"`).join(',\n                ');

function java() {
  const chosen = selection();
  const source = {
    everything: () => 'Selection.everything()',
    'read-only': () => 'Selection.readOnly()',
    preset: () => `Selection.${chosen.preset.replace(/_(.)/g, (_, letter) => letter.toUpperCase())}()`,
    tags: () =>
      `Selection.everything().tags(${chosen.tags.map((tag) => `"${tag}"`).join(', ')})${
        chosen.readOnly ? '.withReadOnly()' : ''
      }`,
    tools: () => `Selection.everything().tools(\n                ${quoted(chosen.names)})`,
  }[chosen.kind]();
  const naming = state.short ? '\n        .named(Naming.SHORT)' : '';
  return `String json = Desk365Tools.select(${source})${naming}\n        .toJson(Profile.${profile()});`;
}

const bytes = (text) => new TextEncoder().encode(text).length;

/** Returns what a model is shown. MCP clients pass on the name, the description and the arguments. */
function modelText() {
  const whole = request(state.selected);
  if (state.format === 'MCP') {
    whole.tools = whole.tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  }
  return JSON.stringify(whole);
}

// JSON for people: lists of plain values stay on one line.

function pretty(value, indent = '') {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (!value.some((item) => item !== null && typeof item === 'object')) {
      return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    }
    return `[\n${value.map((item) => inner + pretty(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (value !== null && typeof value === 'object' && Object.keys(value).length) {
    const fields = Object.entries(value).map(([key, field]) => `${inner}${JSON.stringify(key)}: ${pretty(field, inner)}`);
    return `{\n${fields.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}

// Elements. All text is set as text, never as HTML.

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

let ids = 0;

function say(text) {
  element('said').textContent = text;
}

async function copy(button, source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = 'Copied';
    say('Copied');
  } catch {
    // Without access to the clipboard, the text is selected, ready for the keyboard.
    getSelection().selectAllChildren(source);
    button.textContent = 'Selected';
    say('Selected. Copy it with the keyboard.');
  }
  setTimeout(() => (button.textContent = 'Copy'), 2000);
}

/** A text to copy, and a line above it. */
function code(label, ...above) {
  const text = make('pre', { tabindex: '0', role: 'region', 'aria-label': label });
  const button = make('button', { type: 'button', onclick: () => copy(button, text) }, 'Copy');
  button.setAttribute('aria-label', `Copy: ${label}`);
  return { text, whole: [make('div', { class: 'tools-of-code' }, ...above, button), text] };
}

/** Tabs that all show the same choice. The arrow keys move between them. */
function tabs(label, options, key, content) {
  const id = `tabs-${++ids}`;
  const panel = make('div', { role: 'tabpanel', id: `${id}-panel` }, ...content);
  const buttons = options.map((option, index) =>
    make(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `${id}-${index}`,
        'aria-controls': `${id}-panel`,
        onclick: () => choose(option),
        onkeydown: (event) => {
          const steps = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 };
          if (event.key in steps) {
            event.preventDefault();
            const next = buttons.at(steps[event.key] % options.length);
            choose(options[buttons.indexOf(next)]);
            next.focus();
          }
        },
      },
      option,
    ),
  );
  const choose = (option) => {
    state[key] = option;
    refresh();
  };
  const update = () => {
    buttons.forEach((button, index) => {
      const current = options[index] === state[key];
      button.setAttribute('aria-selected', String(current));
      button.tabIndex = current ? 0 : -1;
      if (current) panel.setAttribute('aria-labelledby', button.id);
    });
  };
  return { whole: [make('div', { role: 'tablist', 'aria-label': label }, ...buttons), panel], update };
}

/** Tabs with the formats, the choice of strict schemas, and a text that a function returns. */
function schemaTabs(label, place, text) {
  const box = make('input', {
    type: 'checkbox',
    onchange: () => {
      state.strict = box.checked;
      refresh();
    },
  });
  const strictLabel = make('label', { class: 'strict' }, box, make('code', {}, 'strict'));
  const where = make('p', { class: 'small' });
  const shown = code(label, where, strictLabel);
  const inTabs = tabs('Format', FORMATS, 'format', shown.whole);
  const update = () => {
    inTabs.update();
    box.checked = state.strict;
    strictLabel.hidden = !isOpenAi();
    where.textContent = place();
    shown.text.textContent = text();
  };
  return { whole: inTabs.whole, update };
}

// The list.

const resourceTitle = (tag) => {
  const words = tag.replace('_', ' ');
  return words[0].toUpperCase() + words.slice(1);
};

function kind(schema) {
  if (schema.items) return `list of ${schema.items.enum ? schema.items.enum.join(', ') : schema.items.type}`;
  return schema.enum ? schema.enum.join(', ') : schema.type;
}

function marks(tool) {
  const shown = [make('span', { class: `mark ${tool.effect}` }, tool.effect)];
  if (tool.approval !== 'never') {
    shown.unshift(make('span', { class: 'mark plain' }, tool.approval === 'always' ? 'previewed' : 'sometimes previewed'));
  }
  if (tool.calls !== 1) {
    shown.unshift(make('span', { class: 'mark plain' }, tool.calls === 0 ? 'no call' : `${tool.calls} calls`));
  }
  return shown;
}

function facts(tool) {
  const rows = [
    ['Full name', make('code', {}, tool.name)],
    ['Tags', make('code', {}, tool.tags.join(', '))],
    ['Approval', tool.says],
    ['API calls', tool.calls === 1 ? '1' : tool.calls === 0 ? 'none' : `${tool.calls} at most`],
  ];
  if (tool.unverified) rows.push(['Unverified', 'The vendor publishes no path for this operation.']);
  if (tool.restricted) rows.push(['Restricted', 'Works only if the vendor has enabled it for the account.']);
  return make('dl', {}, ...rows.flatMap(([term, value]) => [make('dt', {}, term), make('dd', {}, value)]));
}

function argumentList(tool) {
  const rows = tool.params.flatMap((param) => {
    const { description } = definition(tool, everything).inputSchema.properties[param.name];
    const term = make('dt', {}, make('code', {}, param.name));
    if (param.required) term.append(' ', make('span', { class: 'required' }, 'required'));
    return [term, make('dd', {}, make('span', { class: 'kind' }, kind(param.schema)), ` ${description}`)];
  });
  return rows.length ? make('dl', { class: 'arguments' }, ...rows) : make('p', { class: 'small' }, 'None.');
}

function fill(row) {
  const { tool } = row;
  const about = make('p');
  const args = make('div');
  const schema = schemaTabs(
    `Definition of ${tool.short}`,
    () => `An element of ${state.format === 'Gemini' ? 'functionDeclarations' : 'tools'} in ${PLACES[state.format]}.`,
    () => pretty(formatted(definition(tool, everything))),
  );
  const call = code(`Arguments of the example of ${tool.short}`, make('p', { class: 'small' }, 'Arguments'));
  const answer = code(`Answer of the example of ${tool.short}`, make('p', { class: 'small' }, 'Answer'));
  call.text.textContent = pretty(tool.arguments);
  answer.text.textContent = pretty(tool.answer);
  row.more.append(
    about,
    facts(tool),
    make('h4', {}, 'Arguments'),
    args,
    make('h4', {}, 'Definition'),
    ...schema.whole,
    make('details', {}, make('summary', {}, 'Example call and answer'), ...call.whole, ...answer.whole),
  );
  row.update = () => {
    about.textContent = inText(tool.description, everything);
    args.replaceChildren(argumentList(tool));
    schema.update();
  };
  row.update();
}

const rows = tools.map((tool) => {
  const name = make('span', { class: 'name' });
  const box = make('input', {
    type: 'checkbox',
    onchange: () => {
      state.selected[box.checked ? 'add' : 'delete'](tool.name);
      refresh();
    },
  });
  const more = make('div', { class: 'more' });
  const details = make(
    'details',
    {
      ontoggle: () => {
        if (details.open && !row.update) fill(row);
        else if (details.open) row.update();
      },
    },
    make(
      'summary',
      {},
      make('span', { class: 'what' }, name, make('span', { class: 'title' }, tool.title)),
      make('span', { class: 'marks' }, ...marks(tool)),
    ),
    more,
  );
  const item = make('li', { class: 'tool', id: tool.short }, make('label', {}, box), details);
  const words = [tool.name, tool.short, tool.title, tool.description, ...tool.tags, ...tool.params.map((param) => param.name)];
  const row = { tool, name, box, more, details, item, text: words.join(' ').toLowerCase(), update: null };
  return row;
});

const groups = [...new Set(tools.map((tool) => tool.tags[0]))].map((tag) => {
  const own = rows.filter((row) => row.tool.tags[0] === tag);
  const list = make('ul', {}, ...own.map((row) => row.item));
  const whole = make('div', { class: 'group' }, make('h3', {}, resourceTitle(tag)), list);
  return { own, whole };
});
const none = make('p', { id: 'none', hidden: true }, 'No tool matches. Clear the search or a filter.');
element('groups').append(...groups.map((group) => group.whole), none);

const boxes = [];
for (const facet of FACETS) {
  const values = [...new Set(tools.map(facet.of))];
  if (facet.key === 'calls') values.sort((one, other) => one - other);
  if (facet.key === 'approval') values.sort((one, other) => APPROVALS.indexOf(one) - APPROVALS.indexOf(other));
  const labels = values.map((value) => {
    const box = make('input', {
      type: 'checkbox',
      onchange: () => {
        state.chosen.get(facet.key)[box.checked ? 'add' : 'delete'](value);
        find();
      },
    });
    boxes.push(box);
    const count = tools.filter((tool) => facet.of(tool) === value).length;
    return make('label', {}, box, make('span', {}, facet.label(value)), make('span', { 'aria-hidden': 'true' }, String(count)));
  });
  element('facets').append(make('fieldset', { class: 'facet' }, make('legend', {}, facet.title), ...labels));
}

const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
const isShown = (row) => !row.item.hidden;

/** Shows the tools that match the search and the filters. */
function find() {
  const words = element('query').value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const matches =
      words.every((word) => row.text.includes(word)) &&
      FACETS.every((facet) => {
        const chosen = state.chosen.get(facet.key);
        return chosen.size === 0 || chosen.has(facet.of(row.tool));
      });
    row.item.hidden = !matches;
  }
  for (const group of groups) group.whole.hidden = !group.own.some(isShown);
  const count = rows.filter(isShown).length;
  none.hidden = count > 0;
  element('shown').textContent = `${count} of ${tools.length} shown`;
  element('select-shown').hidden = count === 0;
  const filters = [...state.chosen.values()].reduce((sum, chosen) => sum + chosen.size, 0);
  element('filtered').textContent = filters ? ` (${filters} on)` : '';
}

// The selection.

const presetButtons = Object.entries(data.presets).map(([preset, names]) =>
  make(
    'button',
    {
      type: 'button',
      onclick: () => {
        state.selected = new Set(names);
        refresh();
      },
    },
    preset.replace('_', ' '),
  ),
);
element('presets').append(...presetButtons);

const clientNote = make('p', { class: 'small' });
const clientCode = code('Client configuration', clientNote);
const clientTabs = tabs('Client', CLIENTS, 'client', clientCode.whole);
element('clients').append(...clientTabs.whole);
const schemas = schemaTabs(
  'Schemas of the selection',
  () => `The member tools of ${PLACES[state.format]}.`,
  () => pretty(request(state.selected)),
);
element('schemas').append(...schemas.whole);
const javaCode = code('Java', make('p', { class: 'small' }, 'Returns the schemas above, as compact JSON.'));
element('java').append(...javaCode.whole);

function client() {
  const options = serverOptions();
  const command = '/path/to/desk365-mcp-server';
  const entry = {
    command,
    args: options,
    env: { DESK365_SUBDOMAIN: 'acme', DESK365_API_KEY: 'your key' },
  };
  const shell = [command, ...options].join(' ');
  const many = state.selected.size > 40 ? ' Cursor has accepted at most 40 tools in total.' : '';
  return {
    'Claude Desktop': () => [
      'In claude_desktop_config.json, which Settings > Developer > Edit Config opens.',
      pretty({ mcpServers: { desk365: entry } }),
    ],
    'Claude Code': () => [
      'Run this command in a shell.',
      `claude mcp add desk365 --env DESK365_SUBDOMAIN=acme --env DESK365_API_KEY="$KEY" \\\n  -- ${shell}`,
    ],
    Cursor: () => [
      `In ~/.cursor/mcp.json, or in .cursor/mcp.json of a project.${many}`,
      pretty({ mcpServers: { desk365: entry } }),
    ],
    'VS Code': () => [
      'In .vscode/mcp.json. VS Code asks for the key once.',
      pretty({
        inputs: [{ type: 'promptString', id: 'desk365-key', description: 'Desk365 API key', password: true }],
        servers: {
          desk365: {
            type: 'stdio',
            ...entry,
            env: { DESK365_SUBDOMAIN: 'acme', DESK365_API_KEY: '${input:desk365-key}' },
          },
        },
      }),
    ],
    'Shell': () => ['Options of the server. Without an account, it uses the sandbox.', shell],
  }[state.client]();
}

function showCost() {
  const some = selectedTools();
  const size = bytes(modelText());
  const tokens = Math.round(size / data.bytesPerToken / 10) * 10;
  const count = (key, value) => some.filter((tool) => tool[key] === value).length;
  const effects = ['read', 'create', 'update', 'delete']
    .filter((effect) => count('effect', effect))
    .map((effect) => `${count('effect', effect)} ${effect}`);
  const previews = ['always', 'sometimes']
    .filter((approval) => count('approval', approval))
    .map((approval) => `${count('approval', approval)} ${approval}`);
  const cost = [
    ['Tools', `${some.length} (${effects.join(', ')})`],
    ['Context', `about ${tokens.toLocaleString('en-US')} tokens`],
    ['Size', `${size.toLocaleString('en-US')} bytes`],
    ['Previews', previews.join(', ') || 'none'],
  ];
  element('cost').replaceChildren(...cost.flatMap(([term, value]) => [make('dt', {}, term), make('dd', {}, value)]));
  const counted =
    state.format === 'MCP'
      ? 'the name, description and arguments of each tool, which clients show to the model'
      : 'the compact JSON below, which is part of each request';
  element('estimate').textContent =
    `Counted for ${state.format}: ${counted}. Tokens are estimated as bytes ÷ ${data.bytesPerToken}, which fits ` +
    'OpenAI’s tokenizer o200k within 10%. Other models count differently.';
  element('bar-text').textContent = `${plural(some.length, 'tool')} selected, about ${tokens.toLocaleString('en-US')} tokens`;
}

/** Shows the state everywhere. */
function refresh() {
  for (const row of rows) {
    // Long names break after an underscore.
    const parts = shownName(row.tool.name).split(/(?<=_)/);
    row.name.replaceChildren(...parts.flatMap((part) => [part, make('wbr')]));
    row.box.checked = state.selected.has(row.tool.name);
    row.box.setAttribute('aria-label', `Select ${shownName(row.tool.name)}`);
    row.item.classList.toggle('selected', row.box.checked);
    if (row.details.open && row.update) row.update();
  }
  const any = state.selected.size > 0;
  element('nothing').hidden = any;
  element('chosen').hidden = !any;
  element('bar').hidden = !any;
  element('clear').hidden = !any;
  Object.values(data.presets).forEach((names, index) => {
    const pressed = sameAsSelected(names.map((name) => byName.get(name)));
    presetButtons[index].setAttribute('aria-pressed', String(pressed));
  });
  if (any) {
    showCost();
    const [note, text] = client();
    clientNote.textContent = note;
    clientCode.text.textContent = text;
    clientTabs.update();
    schemas.update();
    javaCode.text.textContent = java();
  }
}

element('find').addEventListener('submit', (event) => event.preventDefault());
element('reset').addEventListener('click', () => {
  for (const chosen of state.chosen.values()) chosen.clear();
  for (const box of boxes) box.checked = false;
  element('query').value = '';
  find();
});
element('query').addEventListener('input', find);
for (const radio of element('find').elements.names) {
  radio.addEventListener('change', () => {
    state.short = radio.value === 'short' ? radio.checked : !radio.checked;
    refresh();
  });
}
element('select-shown').addEventListener('click', () => {
  for (const row of rows.filter(isShown)) state.selected.add(row.tool.name);
  refresh();
});
element('clear').addEventListener('click', () => {
  state.selected = new Set();
  refresh();
  element('selection').focus();
});

/** Opens the tool that the address names, by its short or full name. */
function openNamed() {
  const name = decodeURIComponent(location.hash.slice(1));
  const row = rows.find(({ tool }) => tool.short === name || tool.name === name);
  if (row) {
    row.details.open = true;
    row.item.scrollIntoView();
    row.details.querySelector('summary').focus();
  }
}

element('filters').open = matchMedia('(min-width: 75rem)').matches;
find();
refresh();
openNamed();
addEventListener('hashchange', openNamed);
