import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const web = resolve(import.meta.dirname, '../..');
const names = ['shared', 'admin', 'banking', 'graphiql'].flatMap((client) =>
  readdirSync(join(web, client, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => join(web, client, 'src', name)),
);
const read = (file: string) => readFileSync(file, 'utf8');
const told = (file: string) => relative(web, file);
const { exports: exported } = JSON.parse(read(join(web, 'shared/package.json'))) as { exports: Record<string, string> };
const sources = names.filter((name) => name.endsWith('.tsx')).map((file) => ({ file, text: read(file) }));
const modules = names.filter((name) => name.endsWith('.module.css'));

/** The classes that a sheet has rules for. */
const classesIn = (sheet: string): Set<string> =>
  new Set([...read(sheet).replace(/\/\*[^]*?\*\/|:global\([^)]*\)|\{[^{}]*\}/g, ' ').matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name));

test('what is global is in the few sheets that say so', () => {
  const sheets = names.filter((name) => name.endsWith('.css') && !name.endsWith('.module.css')).map(told);
  // The last two override what a library looks like.
  expect(sheets.sort()).toEqual(['graphiql/src/graphiql.css', 'shared/src/mantine.css', 'shared/src/styles.css']);
});

test('every class that a file names in words is a global one, and each of those is named', () => {
  const global = classesIn(join(web, 'shared/src/styles.css'));
  const named = sources.flatMap(({ file, text }) =>
    // className="…", className={`… ${…}`} and classNames={{ part: '…' }}
    [...text.matchAll(/className(?:="([^"]*)"|=\{`([^`]*)`\}|s=\{\{[^}]*?'([^']*)')/g)]
      .flatMap(([, quoted, composed, part]) => (quoted ?? composed ?? part ?? '').replace(/\$\{[^}]*\}/g, ' ').split(/\s+/))
      .filter((name) => name !== '')
      .map((name) => ({ file, name })),
  );
  expect(named.filter(({ name }) => !global.has(name)).map(({ file, name }) => `${told(file)}: ${name}`)).toEqual([]);
  expect([...global].filter((name) => !named.some((n) => n.name === name))).toEqual([]);
});

test('every class of a module is used by a file that imports it, and no other is', () => {
  expect(modules.length).toBeGreaterThan(20);
  const wrong = modules.flatMap((sheet) => {
    const own = classesIn(sheet);
    const used = new Set(sources.flatMap((source) => usedFrom(sheet, source)));
    return [
      ...[...own].filter((name) => !used.has(name)).map((name) => `${told(sheet)}: nobody uses .${name}`),
      ...[...used].filter((name) => !own.has(name)).map((name) => `${told(sheet)}: there is no .${name}`),
    ];
  });
  expect(wrong).toEqual([]);
});

/** The classes of a module that a file uses. */
function usedFrom(sheet: string, { file, text }: { file: string; text: string }): string[] {
  return [...text.matchAll(/import (\w+) from '([^']*\.module\.css)'/g)].flatMap(([, given = '', from = '']) => {
    const path = from.startsWith('.') ? resolve(dirname(file), from) : join(web, 'shared', exported[from.replace('@factordesk/shared', '.')] ?? '');
    return path === sheet ? [...text.matchAll(new RegExp(`\\b${given}\\.(\\w+)`, 'g'))].map(([, name = '']) => name) : [];
  });
}
