import { keyName, writeNewKey } from './transcript-files.ts';

/** Makes a pair of keys and says where they are. Throws: PolityError (input) where there is a file already. */
export function runKeysNew(file: string, json: boolean): void {
  const { key, publicFile } = writeNewKey(file);
  if (json) console.log(JSON.stringify({ private: file, public: publicFile, key, name: keyName(key) }));
  else console.log(`${keyName(key)}  ${file} (private: keep it), ${publicFile} (public: give it to whoever verifies)`);
}
