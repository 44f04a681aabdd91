import { invalid } from './errors.ts';
import type { XPost, XState } from './state.ts';
import { userByName } from './world-rules.ts';

type Match = (post: XPost) => boolean;

/**
 * The part of X's search language a desk needs: words and "phrases" (all must occur), `-` before any term, `( )`, `OR`,
 * `conversation_id:`, `from:`, `to:`, `@name`, `lang:`, `is:reply|retweet|quote`. Anything else is refused with 400.
 */
export function matcherOf(state: XState, query: string | undefined): Match {
  if (query === undefined || query.trim() === '' || query.length > 512) throw invalid('query', query, 'The `query` query parameter must be between 1 and 512 characters');
  const tokens = query.match(/-?\(|\)|-?"[^"]*"|[^\s()]+/g) ?? [];
  let at = 0;
  const bad = (token: string): never => {
    throw invalid('query', query, `There were errors processing your request: Reference to invalid operator '${token}'.`);
  };

  function any(): Match {
    const choices = [all()];
    while (tokens[at] === 'OR') {
      at += 1;
      choices.push(all());
    }
    return post => choices.some(m => m(post));
  }

  function all(): Match {
    const terms: Match[] = [];
    for (let token = tokens[at]; token !== undefined && token !== 'OR' && token !== ')'; token = tokens[at]) {
      at += 1;
      const negated = token.startsWith('-');
      const match = token.endsWith('(') ? group() : term(negated ? token.slice(1) : token);
      terms.push(negated ? post => !match(post) : match);
    }
    if (terms.length === 0) bad(tokens[at] ?? '');
    return post => terms.every(m => m(post));
  }

  function group(): Match {
    const inner = any();
    if (tokens[at] !== ')') bad('(');
    at += 1;
    return inner;
  }

  function term(token: string): Match {
    const operator = /^([a-z_]+):(.+)$/.exec(token);
    const value = operator?.[2] ?? '';
    switch (operator?.[1]) {
      case 'conversation_id': return post => post.conversationId === value;
      case 'from': {
        // Looked up once: a search looks at every post.
        const id = idOf(value);
        return post => post.authorId === id;
      }
      case 'to': return post => post.inReplyToId !== undefined && state.posts[post.inReplyToId]?.authorId === idOf(value);
      case 'lang': return post => post.lang === value;
      case 'is': return { reply: (p: XPost) => p.inReplyToId !== undefined, retweet: () => false, quote: (p: XPost) => p.quotedId !== undefined }[value] ?? bad(token);
      case undefined: break;
      default: return bad(token);
    }
    if (/^@\w+$/.test(token)) {
      const id = idOf(token.slice(1)) ?? '';
      return post => post.mentionIds.includes(id);
    }
    const words = token.replaceAll('"', '').toLowerCase();
    const whole = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{M}\\p{N}_])`, 'u');
    return post => whole.test(post.text.toLowerCase());
  }

  const idOf = (nameOrId: string): string | undefined => userByName(state, nameOrId)?.id ?? (/^\d+$/.test(nameOrId) ? nameOrId : undefined);
  const matcher = any();
  if (at < tokens.length) bad(tokens[at] ?? '');
  return matcher;
}
