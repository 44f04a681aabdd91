import { useState } from 'react';
import { ChevronRight, CornerUpLeft, ExternalLink, History, MessageCircleOff } from 'lucide-react';
import type { Entry, EntryDetail, OtherPost } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { fullTime } from '../../state/words/time.ts';
import { LinkedText, OutLink } from '../../ui/linked-text.tsx';

type PostDetail = Extract<EntryDetail, { type: 'post' }>;

/** What a post says, with what it answers and quotes around it. */
export function PostBody({ entry, detail }: { entry: Entry; detail: PostDetail }) {
  const { parent = null, edits = [], replySettings = 'everyone' } = detail;
  return (
    <>
      {parent !== null ? <Parent post={parent} /> : detail.inReplyTo !== null && entry.direction === 'inbound' && <p className="entry-aside"><CornerUpLeft size={12} aria-hidden="true" /> {t('entry.reply')}</p>}
      {entry.text !== '' && <p className="entry-text" dir="auto"><LinkedText text={entry.text} /></p>}
      {edits.length > 0 && <Edits edits={edits} />}
      {detail.quoted !== null && <Quoted post={detail.quoted} />}
      {replySettings !== 'everyone' && <p className="entry-aside is-small"><MessageCircleOff size={12} aria-hidden="true" /> {t(`post.replySettings.${replySettings}`)}</p>}
    </>
  );
}

/** Where it stands on X and what became of it there; below the pictures. */
export function PostFoot({ detail }: { detail: PostDetail }) {
  const { counts } = detail;
  const said = counts === undefined ? [] : (['replies', 'reposts', 'likes'] as const).filter((what) => counts[what] > 0).map((what) => t(`post.count.${what}`, { count: counts[what] }));
  if (detail.url === '' && said.length === 0) return null;
  return (
    <p className="post-foot">
      {detail.url !== '' && <OutLink url={detail.url} className="entry-open">{t('entry.openOnX')} <ExternalLink size={11} aria-hidden="true" /></OutLink>}
      {said.length > 0 && <span className="post-counts" data-test="post-counts">{said.join(' · ')}</span>}
    </p>
  );
}

/** The post answered: one line, the whole on demand. */
function Parent({ post }: { post: OtherPost }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="post-parent" data-test="post-parent">
      <button type="button" className="post-parent-line" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <CornerUpLeft size={12} aria-hidden="true" /><bdi className="quoted-author">{post.author}</bdi>{!isOpen && <span className="post-parent-text" dir="auto">{post.text}</span>}
        <ChevronRight size={12} aria-hidden="true" className={`twisty${isOpen ? ' is-open' : ''}`} />
      </button>
      {isOpen && <p className="post-parent-full" dir="auto"><LinkedText text={post.text} /></p>}
    </div>
  );
}

function Quoted({ post }: { post: OtherPost }) {
  return <blockquote className="quoted-post" data-test="quoted"><bdi className="quoted-author">{post.author}</bdi><span dir="auto">{post.text}</span></blockquote>;
}

/** Earlier wordings: what was answered may have been one of them. */
function Edits({ edits }: { edits: NonNullable<PostDetail['edits']> }) {
  const [isOpen, setOpen] = useState(false);
  const zone = useApp((state) => state.settings.officeZone);
  return (
    <div className="post-edits" data-test="edits">
      <button type="button" className="text-button is-quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}><History size={12} aria-hidden="true" /> {t('post.edited', { count: edits.length })}</button>
      {isOpen && (
        <ol className="post-versions">
          {edits.map((edit) => <li key={edit.postId}><span className="post-version-at">{edit.at === null ? t('post.before') : fullTime(edit.at, zone)}</span>{edit.text === null ? <em>{t('post.unread')}</em> : <span dir="auto">{edit.text}</span>}</li>)}
        </ol>
      )}
    </div>
  );
}
