import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const web = resolve(import.meta.dirname, '../..');
const folders = ['shared/src', 'admin/src', 'banking/src', 'graphiql/src', 'e2e/src'].map((folder) => join(web, folder));

test('no file imports itself by way of others, not even for its types', () => {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(circles(new Map(files.map((file) => [file, imports(file)])))).toEqual([]);
});

test('a circle is found', () => {
  const a = join(web, 'a.ts');
  const b = join(web, 'b.ts');
  expect(circles(new Map([[a, [b]], [b, [a]]]))).toEqual(['a.ts > b.ts > a.ts']);
});

/** The files of its own workspace that a file imports, at once or when it comes to it. */
function imports(file: string): string[] {
  const named = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g);
  return [...named].flatMap(([, name = '']) => {
    const path = resolve(dirname(file), name);
    return [path, `${path}.ts`, `${path}.tsx`].filter((p) => /\.tsx?$/.test(p) && existsSync(p));
  });
}

/** Every circle, once, from the file at which it was entered. */
function circles(graph: Map<string, string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: string[]): void => {
    if (way.includes(file)) {
      found.push([...way.slice(way.indexOf(file)), file].map((f) => relative(web, f)).join(' > '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
