import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const web = resolve(import.meta.dirname, '../..');
const styles = join(dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css')), 'styles');

test('every part of Mantine that a client uses has its styles', () => {
  const sources = ['shared', 'admin', 'banking'].flatMap((client) => files(join(web, client, 'src')));
  const used = new Set<string>();
  for (const source of sources) {
    for (const [, names] of readFileSync(source, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)) {
      for (const name of (names ?? '').split(',')) used.add(name.trim().replace(/^type /, ''));
    }
  }
  const wanted = [...used].filter((name) => existsSync(join(styles, `${name}.css`)));
  const imported = readFileSync(join(web, 'shared/src/mantine.css'), 'utf8');

  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((name) => !imported.includes(`/${name}.layer.css'`))).toEqual([]);
});

const files = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.tsx')).map((f) => join(folder, f)) : [];
