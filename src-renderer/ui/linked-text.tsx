import { memo } from 'react';
import { call } from '../bridge.ts';
import { pieces } from '../state/words/links.ts';

/** Text with its links; they open in the person's own browser, through the core. */
export const LinkedText = memo(function LinkedText({ text }: { text: string }) {
  return <>{pieces(text).map((piece, index) => (piece.url === null ? piece.text : <OutLink key={index} url={piece.url}>{piece.text}</OutLink>))}</>;
});

export function OutLink({ url, children, className = 'link' }: { url: string; children: React.ReactNode; className?: string }) {
  return <a href={url} className={className} rel="noreferrer" onClick={(event) => { event.preventDefault(); void call('link.open', { url }); }}>{children}</a>;
}
