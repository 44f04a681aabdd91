import { Banknote, Handshake, MessageSquareQuote, OctagonX } from 'lucide-react';
import type { PromiseKind } from '../../src-preload/contract/index.ts';

const glyphs = { promise: Handshake, refusal: OctagonX, amount: Banknote, said: MessageSquareQuote } as const;

export function MarkGlyph({ kind, size = 14 }: { kind: PromiseKind; size?: number }) {
  const Glyph = glyphs[kind];
  return <Glyph size={size} aria-hidden="true" />;
}
