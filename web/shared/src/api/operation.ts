import type { TypedDocumentNode } from '@urql/core';

/**
 * Makes of a generated document, which is only a hash, what urql sends as `documentId`.
 * The server knows the texts from the manifest that was generated with it.
 */
export function operation<Data, Variables>(generated: TypedDocumentNode<Data, Variables>): TypedDocumentNode<Data, Variables> {
  const found = operations.get(generated);
  if (found) return found as TypedDocumentNode<Data, Variables>;
  const { hash } = (generated as unknown as { __meta__: { hash: string } }).__meta__;
  const made = { kind: 'Document', definitions: [], documentId: hash };
  operations.set(generated, made);
  return made as unknown as TypedDocumentNode<Data, Variables>;
}

const operations = new WeakMap<object, object>();
