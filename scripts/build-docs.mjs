// Writes docs/worlds.md and docs/algorithms.md from the cards and option schemas in the registries. Run it after a build when a
// world, a wrapper, a scripted policy or an algorithm changed; the files are committed, and a test compares them.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { algorithmShelf } from '#cli/shelves/algorithms';
import { optionsOf, optionsSection } from '#cli/shelves/options-of';
import { policyShelf } from '#cli/shelves/policies';
import { worldShelf } from '#cli/shelves/worlds';
import { wrappers } from '#envs';

/** The text of each page, by its path. */
export function buildDocs() {
  return { 'docs/worlds.md': worldsPage(), 'docs/algorithms.md': algorithmsPage() };
}

function worldsPage() {
  const worlds = worldShelf.items.items.map((item) => ({ item, card: worldShelf.card(item) }));
  const { episodes = 0 } = worlds[0].card.randomReturn ?? {};
  return page(
    'Worlds',
    'Written by `npm run docs` from the cards of the worlds; `polity envs ID` prints the same, and `--json` gives it as data. All ' +
      'numbers are for default parameters. *Random* is the return of uniformly random legal play and *scripted* that of the ' +
      'scripted policies that the card names, both summed over the agents: mean and standard error over ' +
      `${episodes} episodes, measured by \`polity envs ID --measure\`. *Published* is what others report, on their scale.`,
    table(
      ['world', 'agents', 'observes', 'acts', 'horizon', 'random', 'scripted', 'published'],
      worlds.map(({ item, card }) => [
        `[\`${item.id}\`](#${item.id})`,
        card.roles.map(({ name, count }) => `${count} ${name}`).join(', '),
        `${distinct(card.roles.map(({ observation }) => `${observation.size}`))} numbers`,
        distinct(card.roles.map(({ action }) => spaceText(action))),
        plain(/^[^.:;]*/.exec(item.card.horizon)[0]),
        meanText(card.randomReturn?.team),
        meanText(card.baseline?.team),
        plain(card.published?.result ?? ''),
      ]),
    ),
    ...worlds.flatMap(({ item, card }) => [
      `## ${item.id}`,
      `**${plain(worldShelf.title(item))}**`,
      ...sections(worldShelf.sections(item), [['scripted policies', playersOf(item.id)]]),
      fieldsText(card.roles),
    ]),
    '## Wrappers',
    'Put around any world that they fit, in an experiment as `env: { id: …, wrappers: [{ id: …, … }] }`, or by an id such as ' +
      '`simple-spread+frame-stack:frames=4`.',
    ...wrappers.items.flatMap((wrapper) => [
      `### ${wrapper.id}`,
      `**${plain(wrapper.card.title)}**`,
      plain(wrapper.card.description),
      facts([
        ['shapes', wrapper.card.shapes],
        ['source', wrapper.card.source],
      ]),
      ...sections(optionsSection('Options', optionsOf(wrapper.options)), []),
    ]),
  );
}

function algorithmsPage() {
  const algorithms = algorithmShelf.items.items;
  return page(
    'Algorithms',
    'Written by `npm run docs` from the cards and option schemas; `polity algorithms ID` prints the same, and `--json` gives it as ' +
      'data. Options stand beside `algorithm` under `learner` in an experiment. A *formula* is a text such as ' +
      '`"5e-4 * (1 - progress)"`, where progress runs from 0 to 1.',
    table(
      algorithmShelf.columns,
      algorithms.map((item) => {
        const [id, ...rest] = algorithmShelf.row(item);
        return [`[\`${id}\`](#${id})`, ...rest.map(plain)];
      }),
    ),
    ...algorithms.flatMap((item) => [
      `## ${item.id}`,
      `**${plain(algorithmShelf.title(item))}**`,
      ...sections(algorithmShelf.sections(item), []),
    ]),
  );
}

const page = (title, ...blocks) => `${[`# ${title}`, ...blocks].filter((block) => block !== '').join('\n\n')}\n`;

/** What a command prints about an item, in Markdown, with more facts after its own. */
function sections(list, more) {
  return list.map((section) => {
    if (section.kind === 'text') return plain(section.text);
    if (section.kind === 'facts') return facts([...section.facts, ...more]);
    const rows = section.rows.map((row) => (section.head[0] === 'key' ? optionRow(row) : row.map(plain)));
    return `${plain(section.title)}:\n\n${table(section.head, rows)}`;
  });
}

const facts = (pairs) =>
  table(
    ['', ''],
    pairs.filter(([, text]) => text !== '').map(([label, text]) => [`**${plain(label)}**`, plain(text)]),
  );

const optionRow = ([key, usual, text]) => [code(key), usual === '' ? '' : code(usual), plain(text)];

/** Registered policies that play a world by its rules. Those that play any are left out. */
function playersOf(id) {
  const players = policyShelf.items.items.filter(
    (mind) => mind.kind === 'scripted' && mind.policy.card.worlds.includes(id),
  );
  return players.map((mind) => policyShelf.row(mind)[0]).join(', ');
}

/** What the numbers of an observation are, role by role. */
function fieldsText(roles) {
  const named = roles.filter(({ observation }) => observation.fields.length > 0);
  return named
    .map(({ name, observation }) => {
      const fields = observation.fields.map(({ name: field, size }) => `${field}${size === 1 ? '' : ` [${size}]`}`);
      const shown = fields.length > 24 ? [...fields.slice(0, 20), `and ${fields.length - 20} more`] : fields;
      return `Observation of ${name}: ${plain(shown.join(', '))}.`;
    })
    .join('\n\n');
}

function spaceText(space) {
  if (space.kind === 'discrete') return `one of ${space.n}`;
  if (space.kind === 'multiDiscrete') return `one each of ${space.sizes.join(' x ')}`;
  return `${space.shape.join(' x ')} numbers`;
}

/** Two places; what rounds to zero has no sign. */
const short = (value) => value.toFixed(2).replace(/^-(0\.0*)$/, '$1');
const meanText = (value) => (value === undefined ? '' : `${short(value.mean)} ± ${short(value.standardError)}`);
const distinct = (texts) => [...new Set(texts)].join(', ');

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

/** Text that Markdown and its tables leave as it is; what stands in backquotes stays code. */
function plain(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part.replaceAll('|', '\\|') : part.replaceAll(/[\\*[\]<>|]|\b_|_\b/g, '\\$&')))
    .join('')
    .replaceAll(/\s+/g, ' ');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(buildDocs())) {
    await writeFile(new URL(`../${name}`, import.meta.url), text);
    console.log(`${name}: ${text.length} characters`);
  }
}
