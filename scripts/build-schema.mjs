// Writes polity.schema.json, with which editors complete and explain experiment files, from the schemas in the code. Run it
// after a build when a key, a world, an algorithm or a network option changed; the file is committed.
import { writeFile } from 'node:fs/promises';
import { catalogue } from '#cli/catalogue';
import { experimentJsonSchema } from '#train';

const target = new URL('../polity.schema.json', import.meta.url);
const text = `${JSON.stringify(experimentJsonSchema(catalogue), null, 2)}\n`;
await writeFile(target, text);
console.log(`polity.schema.json: ${text.length} characters`);
